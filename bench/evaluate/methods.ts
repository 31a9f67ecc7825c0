import { learnModel } from '../../src/dsp/learning/learnModel.ts';
import { activate } from '../../src/dsp/live/activate.ts';
import { ClipFilter } from '../../src/dsp/live/ClipFilter.ts';
import type { DictionaryData } from '../../src/dsp/live/Dictionary.ts';
import { binsOf, type FrameShape, type LatencyHint, latencyOf, QUANTUM } from '../../src/dsp/live/frameShape.ts';
import { withPitchShifts } from '../../src/dsp/live/pitchShifts.ts';
import type { ActivationSource } from '../../src/dsp/live/SeparationChain.ts';
import { istft, stft } from '../../src/dsp/transform/stft.ts';
import { type Clip, type LearnOptions, learnRequest } from '../../src/node/clips/learnRequest.ts';
import { type NMFSeparatorOptions, resolveOptions, type Settings } from '../../src/node/options/resolveOptions.ts';
import type { Channels, Excerpt, Item } from './item.ts';

/** What is scored, and against which part of the item. */
export interface Outcome {
  readonly excerpt: Excerpt;
  readonly estimates: readonly Channels[];
  /** Whether it is unknown which estimate belongs to which stem. */
  readonly permute: boolean;
}

export type Method = (item: Item, seed: number) => Outcome;

/** The lecture's settings: Euclidean, its own rule, masks of exponent 1. */
const LECTURE = {
  divergence: 'euclidean',
  solver: 'multiplicative',
  iterations: 100,
  restarts: 1,
  maskExponent: 1,
} as const;

/** Everything `npm run evaluate` compares, each with the product's defaults but for what it says. */
export const METHODS: Readonly<Record<string, Method>> = {
  mixture: ({ whole }) => ({ excerpt: whole, estimates: whole.stems.map(() => whole.mixture), permute: false }),
  'ideal mask': ({ whole }) => ({ excerpt: whole, estimates: idealMask(whole), permute: false }),
  lecture: (item, seed) => blind(item, { ...LECTURE, seed }),
  blind: (item, seed) => blind(item, { seed }),
  playback: (item, seed) => supervised(item, 'playback', { seed }),
  'playback unshifted': (item, seed) => supervised(item, 'playback', { seed, pitchShifts: 0 }),
  'playback unshifted offline': (item, seed) =>
    supervised(item, 'playback', { seed, pitchShifts: 0 }, offlineActivations),
  balanced: (item, seed) => supervised(item, 'balanced', { seed }),
  'balanced unshifted': (item, seed) => supervised(item, 'balanced', { seed, pitchShifts: 0 }),
  interactive: (item, seed) => supervised(item, 'interactive', { seed }),
  'interactive unshifted': (item, seed) => supervised(item, 'interactive', { seed, pitchShifts: 0 }),
};

function blind({ whole, sampleRate }: Item, options: NMFSeparatorOptions & LearnOptions): Outcome {
  const settings = resolveOptions({ ...options, components: whole.stems.length }, sampleRate, false);
  const model = learn(clipOf(whole.mixture, sampleRate), options, settings, sampleRate);
  return { excerpt: whole, estimates: filter(whole.mixture, settings, model), permute: true };
}

function supervised(
  { lessons, unseen, sampleRate }: Item,
  latencyHint: LatencyHint,
  options: LearnOptions,
  sourceFor?: (model: DictionaryData, shape: FrameShape) => ActivationSource,
): Outcome {
  const settings = resolveOptions({ latencyHint, components: lessons.length }, sampleRate, true);
  const clips = lessons.map((lesson) => clipOf(lesson, sampleRate));
  const model = learn(clips, options, settings, sampleRate);
  const estimates = filter(unseen.mixture, settings, model, sourceFor?.(model, settings.shape));
  return { excerpt: unseen, estimates, permute: false };
}

function learn(
  source: Clip | readonly Clip[],
  options: LearnOptions,
  { components, shape, divergence, affordsPitchShifts }: Settings,
  sampleRate: number,
): DictionaryData {
  const { fftSize, hopSize, window } = shape;
  const target = { components, sampleRate, fftSize, hopSize, window, divergence, affordsPitchShifts, model: null };
  const { dictionary, pitchShifts } = learnModel(learnRequest(source, options, target), () => {});
  return withPitchShifts(dictionary, binsOf(shape), pitchShifts);
}

/** Through the chain that plays live. */
function filter(
  input: Channels,
  { shape, components, maskExponent }: Settings,
  model: DictionaryData,
  source?: ActivationSource,
): Channels[] {
  const [{ length }] = input;
  const clipFilter = new ClipFilter({
    shape,
    components,
    channels: input.length,
    dictionary: model,
    maskExponent,
    source,
  });
  const padded = input.map((samples) => {
    const longer = new Float32Array(QUANTUM * Math.ceil((length + latencyOf(shape)) / QUANTUM));
    longer.set(samples);
    return longer;
  });
  return clipFilter.push(padded).components.map((streams) => streams.map((samples) => samples.subarray(0, length)));
}

/** Every frame solved until converged, by the function that knows no hurry. */
function offlineActivations({ templates, divergence }: DictionaryData, shape: FrameShape): ActivationSource {
  return {
    submit() {},
    collect({ magnitudes, h }) {
      h.set(activate(magnitudes, 1, binsOf(shape), templates, { divergence }));
      return true;
    },
  };
}

/** The bound: masks from the true magnitudes, averaged over the channels as the chain averages them. */
function idealMask({ stems, mixture }: Excerpt): Channels[] {
  const layout = { fftSize: 2048, hopSize: 512 };
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

/** As much of an AudioBuffer as learning looks at: Node has none. */
function clipOf(channels: Channels, sampleRate: number): AudioBuffer {
  const { length } = channels;
  return { sampleRate, numberOfChannels: length, getChannelData: (c: number) => channels[c] } as unknown as AudioBuffer;
}
