// Time of one hop of the live chain, from the stereo input to the components, on one thread; medians. The templates are
// learned from other music than is played.
import { factorize, magnitudes, stft } from '../dist/dsp.js';
import { loadInternals } from './internals.mjs';
import { music, RATE, SECONDS } from './music.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('../dist/index.js').Divergence} Divergence
 * @typedef {import('../dist/index.js').LatencyHint} LatencyHint
 * @typedef {import('./internals.mjs').Internals['dsp/live/SeparationChain.ts']['SeparationChain']} ChainClass
 * @typedef {ConstructorParameters<ChainClass>[0]['layout']} LiveLayout
 */

const BLOCK = 128;
const COUNTS = [3, 8, 16, 32];
const CHANNELS = 2;
/**
 * Targets: microseconds per hop in 'playback' mode with the Kullback-Leibler divergence on a 3.6 GHz core, by the number
 * of components.
 * @type {Record<number, number>}
 */
const MARKS = { 8: 110, 32: 400 };
/** Templates of a taught component, and semitones its copies are shifted each way. */
const TAUGHT = 32;
const SEMITONES = 7;
/** The part of a core that the audio thread may take with named copies. */
const NAMED_SHARE = 0.15;
/** @type {Record<LatencyHint, LiveLayout>} */
const LAYOUTS = {
  playback: { fftSize: 2048, hopSize: 512, window: 'hann', allowance: 0 },
  balanced: { fftSize: 2048, hopSize: 256, window: 'asymmetric-512', allowance: 0 },
  interactive: { fftSize: 2048, hopSize: 128, window: 'asymmetric-256', allowance: 0 },
};

/** @returns {Promise<Row[]>} */
export async function hopRows() {
  const { SeparationChain } = await loadInternals('dsp/live/SeparationChain.ts');
  const training = music(1);
  const played = [music(2), music(3)];
  /** @type {Row[]} */
  const rows = [];
  for (const divergence of /** @type {const} */ (['euclidean', 'kullback-leibler', 'itakura-saito'])) {
    for (const count of COUNTS) rows.push(hopRow(SeparationChain, training, played, 'playback', divergence, count));
  }
  for (const mode of /** @type {const} */ (['balanced', 'interactive'])) {
    for (const count of COUNTS) rows.push(hopRow(SeparationChain, training, played, mode, 'kullback-leibler', count));
  }
  const silence = played.map(() => new Float32Array(SECONDS * RATE));
  const silent = hopRow(SeparationChain, training, silence, 'playback', 'kullback-leibler', 32);
  rows.push({ name: `silence: ${silent.name}`, value: silent.value, unit: silent.unit, mark: { atMost: 40 } });
  for (const mode of /** @type {const} */ (['balanced', 'interactive'])) {
    rows.push(await namedRow(SeparationChain, training, played, mode));
  }
  return rows;
}

/**
 * @param {ChainClass} SeparationChain
 * @param {Float32Array} training  the training clip
 * @param {Float32Array[]} played  the input, one array for each channel
 * @param {LatencyHint} mode
 * @param {Divergence} divergence
 * @param {number} count  number of components, with one template each
 * @returns {Row}
 */
function hopRow(SeparationChain, training, played, mode, divergence, count) {
  const layout = LAYOUTS[mode];
  const chain = new SeparationChain({ layout, components: count, channels: CHANNELS });
  chain.setDictionary(dictionaryFrom(training, layout, divergence, count, count));
  const { value, load } = timeHops(chain, layout, played, count);
  const name = `hop, ${mode}, ${divergence}, K = ${count}: ${load} % of a core`;
  const marked = mode === 'playback' && divergence === 'kullback-leibler' && MARKS[count];
  const measurements = [
    { mode, divergence, components: count, microseconds: value, hop: (1e6 * layout.hopSize) / RATE },
  ];
  return { name, value, unit: 'µs', ...(marked && { mark: { atMost: marked } }), measurements };
}

/**
 * The audio thread's part of a hop in a low-latency mode, with 32 templates for each of three components and those of
 * their shifted copies that the worker names.
 * @param {ChainClass} SeparationChain
 * @param {Float32Array} training
 * @param {Float32Array[]} played
 * @param {'balanced' | 'interactive'} mode
 * @returns {Promise<Row>}
 */
async function namedRow(SeparationChain, training, played, mode) {
  const { OwnNaming } = await loadInternals('dsp/live/OwnNaming.ts');
  const { withPitchShifts } = await loadInternals('dsp/live/pitchShifts.ts');
  const layout = LAYOUTS[mode];
  const taught = dictionaryFrom(training, layout, 'kullback-leibler', 3 * TAUGHT, 3);
  const dictionary = withPitchShifts(taught, 1 + layout.fftSize / 2, SEMITONES);
  const worker = new OwnNaming(layout);
  /** @type {Map<number, Float32Array>} */
  const named = new Map();
  const play = (/** @type {ConstructorParameters<ChainClass>[0]['naming']} */ naming) => {
    const options = { layout, components: 3, channels: CHANNELS, namedAlone: true, inSuccession: true, naming };
    const chain = new SeparationChain(options);
    chain.setDictionary(dictionary);
    return timeHops(chain, layout, played, 3);
  };
  play({
    submit: (frame) => worker.submit(frame),
    collect(sequence, names) {
      const isNew = worker.collect(sequence, names);
      if (isNew) named.set(sequence, names.slice());
      return isNew;
    },
  });
  const { value, load } = play({
    submit() {},
    collect(sequence, names) {
      const those = named.get(sequence);
      if (those) names.set(those);
      return those !== undefined;
    },
  });
  const name = `hop, ${mode}, kullback-leibler, K = 3, named copies beside ${3 * TAUGHT} templates: ${load} % of a core`;
  return { name, value, unit: 'µs', mark: { atMost: (1e6 * layout.hopSize * NAMED_SHARE) / RATE } };
}

/**
 * @param {Float32Array} training
 * @param {LiveLayout} layout
 * @param {Divergence} divergence
 * @param {number} count  number of templates
 * @param {number} components  that they belong to in equal parts
 */
function dictionaryFrom(training, { fftSize, window }, divergence, count, components) {
  const spectrogram = stft(training, { fftSize, hopSize: 512, window });
  const { frames, bins } = spectrogram;
  const options = { templates: count, divergence, iterations: 50 };
  const { templates } = factorize(magnitudes(spectrogram), frames, bins, options);
  const componentOf = Uint8Array.from({ length: count }, (_, r) => Math.floor((r * components) / count));
  return { templates, componentOf, divergence };
}

/**
 * @param {InstanceType<ChainClass>} chain
 * @param {LiveLayout} layout
 * @param {Float32Array[]} played
 * @param {number} components
 * @returns {{ value: number, load: string }} the median in µs, and how much that is of a core in percent
 */
function timeHops(chain, { hopSize }, played, components) {
  const outputs = Array.from({ length: components }, () => played.map(() => new Float32Array(BLOCK)));
  /** @type {number[]} */
  const hops = [];
  for (let n = 0; n + hopSize <= SECONDS * RATE; n += hopSize) {
    const start = performance.now();
    for (let q = n; q < n + hopSize; q += BLOCK) {
      chain.process(
        played.map((samples) => samples.subarray(q, q + BLOCK)),
        outputs,
        2,
      );
    }
    hops.push(1000 * (performance.now() - start));
  }
  const value = hops.slice(hops.length >> 1).sort((a, b) => a - b)[hops.length >> 2];
  return { value, load: ((100 * value * RATE) / (1e6 * hopSize)).toFixed(1) };
}
