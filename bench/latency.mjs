// The delay from input to output, measured with an impulse.
import { loadInternals } from './internals.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('../dist/index.js').LatencyHint} LatencyHint
 * @typedef {import('./internals.mjs').Internals['dsp/live/SeparationChain.ts']['SeparationChain']} ChainClass
 */

const BLOCK = 128;
const FFT_SIZE = 2048;
const RATE = 44100;
/** @type {Record<LatencyHint, number>} targets: samples, with activation on the audio thread */
const MARKS = { playback: 1920, balanced: 384, interactive: 128 };

/** @returns {Promise<Row[]>} */
export async function latencyRows() {
  const { SeparationChain } = await loadInternals('dsp/live/SeparationChain.ts');
  const { defaultLayout } = await loadInternals('dsp/live/latencyModes.ts');
  return /** @type {const} */ (['playback', 'balanced', 'interactive']).flatMap((latencyHint) =>
    /** @type {const} */ (['worklet', 'worker']).map((activation) => {
      const allowance = activation === 'worker' ? 12 * BLOCK : 0;
      const layout = defaultLayout(latencyHint, FFT_SIZE, 'hann', allowance);
      const value = delayOf(new SeparationChain({ layout, components: 1, channels: 1 }));
      const milliseconds = ((1000 * value) / RATE).toFixed(1);
      const name = `latency, ${latencyHint}, activation in the ${activation}: ${milliseconds} ms at ${RATE} Hz`;
      return { name, value, unit: 'samples', mark: { atMost: MARKS[latencyHint] + allowance } };
    }),
  );
}

/** @param {InstanceType<ChainClass>} chain @returns {number} delay of an impulse in samples */
function delayOf(chain) {
  const input = new Float32Array(BLOCK);
  const output = new Float32Array(BLOCK);
  let peak = { height: 0, sample: 0 };
  for (let n = 0; n < 4 * FFT_SIZE; n += BLOCK) {
    input[0] = n === 0 ? 1 : 0;
    chain.process([input], [[output]], 1);
    output.forEach((value, i) => {
      if (Math.abs(value) > peak.height) peak = { height: Math.abs(value), sample: n + i };
    });
  }
  return peak.sample;
}
