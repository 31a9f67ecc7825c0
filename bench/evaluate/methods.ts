import type { LearningOptions } from '../../src/dsp/learning/LearningOptions.ts';
import { type CoreLearnOptions, learn } from '../../src/dsp/learning/learn.ts';
import { Activator } from '../../src/dsp/live/Activator.ts';
import { activate } from '../../src/dsp/live/activate.ts';
import { ClipFilter } from '../../src/dsp/live/ClipFilter.ts';
import type { DictionaryData } from '../../src/dsp/live/DictionaryData.ts';
import { BLOCK, type LiveLayout, latencyOf } from '../../src/dsp/live/LiveLayout.ts';
import { defaultLayout, type LatencyHint } from '../../src/dsp/live/latencyModes.ts';
import { MASK_EXPONENT } from '../../src/dsp/live/maskExponent.ts';
import { OnsetDetector, onsetLead } from '../../src/dsp/live/OnsetDetector.ts';
import { withPitchShifts } from '../../src/dsp/live/pitchShifts.ts';
import type { ActivationSource, PendingFrame } from '../../src/dsp/live/SeparationChain.ts';
import { binsOf, layoutOf, type SpectrogramLayout } from '../../src/dsp/transform/StftLayout.ts';
import { istft, stft } from '../../src/dsp/transform/stft.ts';
import { type Channels, type Excerpt, type Item, partOf } from './item.ts';
import type { FoundOnset } from './onsets.ts';

/** The estimates of a method, and the excerpt whose stems they are scored against. */
export interface Outcome {
  readonly excerpt: Excerpt;
  readonly estimates: readonly Channels[];
  /** Whether the order of the estimates is arbitrary, as in blind learning */
  readonly permute: boolean;
  readonly onsets: readonly FoundOnset[];
  /** Of blind learning by Kullback-Leibler: what K patterns leave of the divergence, as a part of all that sounds */
  readonly relativeLoss?: number;
}

export type Method = (item: Item, seed: number) => Outcome;

/** Samples, the node's default */
const FFT_SIZE = 2048;

/** Baseline: Lee and Seung's multiplicative updates for the Euclidean distance, and masks with exponent 1. */
const LECTURE = {
  divergence: 'euclidean',
  solver: 'multiplicative',
  iterations: 100,
  restarts: 1,
  maskExponent: 1,
} as const;

/** The methods that `npm run evaluate` compares. Options that are not given have the package's defaults. */
export const METHODS: Readonly<Record<string, Method>> = {
  mixture: ({ whole }) => ({
    excerpt: whole,
    estimates: whole.stems.map(() => whole.mixture),
    onsets: [],
    permute: false,
  }),
  'ideal mask': ({ whole }) => ({ excerpt: whole, estimates: idealMask(whole), onsets: [], permute: false }),
  lecture: (item, seed) => blind(item, { ...LECTURE, seed }),
  blind: (item, seed) => blind(item, { seed }),
  'blind patterns': (item, seed) => blind(item, { seed, clustering: 'none' }),
  'blind sources': (item, seed) => blind(item, { seed, clustering: 'timbre' }),
  'blind live': (item, seed) => blind(item, { seed }, halvesOf(item)),
  'blind patterns live': (item, seed) => blind(item, { seed, clustering: 'none' }, halvesOf(item)),
  playback: (item, seed) => supervised(item, 'playback', { seed }),
  'playback one mask': (item, seed) => supervised(item, 'playback', { seed }, { oneMask: true }),
  'playback unshifted': (item, seed) => supervised(item, 'playback', { seed, pitchShifts: 0 }),
  'playback unshifted offline': (item, seed) =>
    supervised(item, 'playback', { seed, pitchShifts: 0 }, { sourceFor: offlineActivations }),
  balanced: (item, seed) => supervised(item, 'balanced', { seed }),
  'balanced unshifted': (item, seed) => supervised(item, 'balanced', { seed, pitchShifts: 0 }),
  interactive: (item, seed) => supervised(item, 'interactive', { seed }),
  'interactive one mask': (item, seed) => supervised(item, 'interactive', { seed }, { oneMask: true }),
  'interactive unshifted one mask': (item, seed) =>
    supervised(item, 'interactive', { seed, pitchShifts: 0 }, { oneMask: true }),
  'interactive full': (item, seed) => supervised(item, 'interactive', { seed }, { sourceFor: fullActivations }),
  'interactive unshifted': (item, seed) => supervised(item, 'interactive', { seed, pitchShifts: 0 }),
};

/** Methods in which chance plays a part, so that they are scored for several seeds */
export const IS_RANDOM = /^(blind|lecture)/;

/** Learned from one excerpt, and played on another; on the same unless given. */
function blind(
  { whole, sampleRate }: Item,
  { maskExponent, ...learning }: LearningOptions & { maskExponent?: number },
  [lesson, excerpt]: readonly [Excerpt, Excerpt] = [whole, whole],
): Outcome {
  const layout = { ...defaultLayout('playback', FFT_SIZE), sampleRate };
  const components = whole.stems.length;
  const clip = { channels: lesson.mixture, sampleRate };
  const learned = learn(clip, { ...learning, ...layoutOf(layout), components });
  const filtered = filter(excerpt.mixture, layout, components, learned, maskExponent ?? learned.maskExponent);
  return { excerpt, ...filtered, permute: true, relativeLoss: learned.relativeLoss };
}

const halves = new WeakMap<Excerpt, readonly [Excerpt, Excerpt]>();

/** The same two objects for each seed, so that the references are prepared once. */
function halvesOf({ whole, sampleRate }: Item): readonly [Excerpt, Excerpt] {
  const known = halves.get(whole);
  if (known) return known;
  const middle = Math.floor(whole.mixture[0].length / 2);
  const [first, second] = [partOf(whole, sampleRate, 0, middle), partOf(whole, sampleRate, middle)];
  halves.set(whole, [first, second]);
  return [first, second];
}

/** What is otherwise than in the product. */
interface Variant {
  /** Where activations come from */
  readonly sourceFor?: (dictionary: DictionaryData, layout: LiveLayout) => ActivationSource;
  /** Whether all channels share one mask, as without panning */
  readonly oneMask?: boolean;
}

function supervised(
  { training, test, sampleRate }: Item,
  latencyHint: LatencyHint,
  options: LearningOptions,
  { sourceFor, oneMask }: Variant = {},
): Outcome {
  const layout = { ...defaultLayout(latencyHint, FFT_SIZE), sampleRate };
  const clips = training.map((channels) => ({ channels, sampleRate }));
  const learned = learnDictionary(clips, { ...options, ...layoutOf(layout) });
  const { panning, ...unpanned } = learned;
  const dictionary = oneMask ? unpanned : learned;
  const source = sourceFor?.(dictionary, layout);
  const filtered = filter(test.mixture, layout, training.length, dictionary, MASK_EXPONENT.standard, source);
  return { excerpt: test, ...filtered, permute: false };
}

function learnDictionary(source: Parameters<typeof learn>[0], options: CoreLearnOptions): DictionaryData {
  const learned = learn(source, options);
  return withPitchShifts(learned, binsOf(learned), learned.pitchShifts);
}

/** Filters a clip with the same chain as the live node. */
function filter(
  input: Channels,
  layout: LiveLayout & SpectrogramLayout,
  components: number,
  dictionary: DictionaryData,
  maskExponent: number = MASK_EXPONENT.standard,
  source?: ActivationSource,
): Pick<Outcome, 'estimates' | 'onsets'> {
  const [{ length }] = input;
  const channels = input.length;
  const onsets: FoundOnset[] = [];
  let end = 0;
  const lead = onsetLead(layout, latencyOf(layout));
  const detector = new OnsetDetector(components, layout, (component) => {
    onsets.push({ component, time: (end - lead) / layout.sampleRate, told: end / layout.sampleRate });
  });
  detector.restart(dictionary.levels);
  const onAmplitudes = (frame: PendingFrame, amplitudes: Float32Array) => {
    end = frame.end;
    detector.next(amplitudes);
  };
  const clipFilter = new ClipFilter({ layout, components, channels, dictionary, maskExponent, onAmplitudes, source });
  const padded = input.map((samples) => {
    const longer = new Float32Array(BLOCK * Math.ceil((length + latencyOf(layout)) / BLOCK));
    longer.set(samples);
    return longer;
  });
  const filtered = clipFilter.push(padded).components;
  return { estimates: filtered.map((streams) => streams.map((samples) => samples.subarray(0, length))), onsets };
}

/** Activations of every frame iterated to convergence, without the time limit of live activation. */
function offlineActivations({ templates, divergence }: DictionaryData, layout: LiveLayout): ActivationSource {
  return {
    submit() {},
    collect({ magnitudes, h }) {
      h.set(activate(magnitudes, 1, binsOf(layout), templates, { divergence }));
      return true;
    },
  };
}

/** Every frame activated with the whole dictionary, shifted copies too. */
function fullActivations(data: DictionaryData, layout: LiveLayout): ActivationSource {
  const activator = new Activator(binsOf(layout));
  const dictionary = activator.add(data);
  return {
    submit() {},
    collect({ magnitudes, h }) {
      activator.frame.set(magnitudes);
      h.set(activator.activate(dictionary));
      return true;
    },
  };
}

/** An upper bound: Wiener-like masks from the true sources. Like the chain, it uses the mean magnitude of the channels. */
function idealMask({ stems, mixture }: Excerpt): Channels[] {
  const layout = { fftSize: FFT_SIZE, hopSize: 512 };
  const powers = stems.map((stem) => meanMagnitudes(stem).map((value) => value * value));
  return powers.map((power) => {
    const mask = power.map((value, i) => {
      const sum = powers.reduce((total, other) => total + other[i], 0);
      return sum > 0 ? value / sum : 1 / powers.length;
    });
    return mixture.map((samples) => {
      const spectrogram = stft(samples, layout);
      mask.forEach((gain, i) => {
        spectrogram.re[i] *= gain;
        spectrogram.im[i] *= gain;
      });
      return istft(spectrogram);
    });
  });

  function meanMagnitudes(stem: Channels): Float32Array {
    const spectra = stem.map((samples) => stft(samples, layout));
    return spectra[0].re.map((_, i) =>
      spectra.reduce((sum, { re, im }) => sum + Math.hypot(re[i], im[i]) / spectra.length, 0),
    );
  }
}
