import { ClipFilter } from '../live/ClipFilter.ts';
import type { DictionaryData } from '../live/DictionaryData.ts';
import { BLOCK, type LiveLayout, latencyOf } from '../live/LiveLayout.ts';
import { MASK_EXPONENT } from '../live/maskExponent.ts';
import { withPitchShifts } from '../live/pitchShifts.ts';
import { resample } from '../transform/resample.ts';
import { binsOf, layoutOf } from '../transform/StftLayout.ts';
import { isSpectrogram, type Sound } from './clips.ts';
import type { LearnRequest } from './LearnRequest.ts';

/** Semitones each way that are tried, and used where they help. */
export const DEFAULT_PITCH_SHIFTS = 7;
/** Frames of each test clip: enough to tell, and soon done. */
const TEST_FRAMES = 220;
/** Ratios of signal to noise must rise by a factor of 10^0.03, which is 0.3 dB, in the mean. */
const WORTHWHILE = 1.0715193052376064;

/**
 * Whether shifted copies of the templates help with these sources, by cross-validation: each half of the clips serves once
 * for training, while the mixture of the other halves is separated with the copies and without.
 *
 * @param learn supervised learning from one clip a source
 */
export function pitchShiftsHelp(request: LearnRequest, learn: (clips: readonly Sound[]) => DictionaryData): boolean {
  const { sampleRate, fftSize, hopSize } = request;
  const layout: LiveLayout = { ...layoutOf(request), allowance: 0 };
  const sources = request.clips.flatMap((clip) => (clip && !isSpectrogram(clip) ? [monoAt(clip, sampleRate)] : []));
  if (sources.length < 2) return false;
  const testLength = Math.min(TEST_FRAMES * hopSize, ...sources.map((source) => Math.floor(source.length / 2)));
  let gain = 1;
  for (const trainingHalf of [0, 1]) {
    const training = sources.map((source) => halfOf(source, trainingHalf));
    const test = sources.map((source) => halfOf(source, 1 - trainingHalf).subarray(0, testLength));
    if (testLength < fftSize || [...training, ...test].some(isSilent)) return false;
    const plain = learn(training.map((samples) => ({ channels: [samples], sampleRate })));
    const shifted = withPitchShifts(plain, binsOf(layout), DEFAULT_PITCH_SHIFTS);
    const before = signalToNoise(test, plain, layout);
    const after = signalToNoise(test, shifted, layout);
    test.forEach((_, k) => {
      gain *= after[k] / before[k] / WORTHWHILE;
    });
  }
  return gain > 1;
}

/** Of every source in what its component of the mixture is: ratios of energies. */
function signalToNoise(sources: readonly Float32Array[], dictionary: DictionaryData, layout: LiveLayout): number[] {
  const options = { layout, components: sources.length, channels: 1, dictionary };
  const filter = new ClipFilter({ ...options, maskExponent: MASK_EXPONENT.standard });
  const [{ length }] = sources;
  const mixture = new Float32Array(BLOCK * Math.ceil((length + latencyOf(layout)) / BLOCK));
  for (const source of sources) for (let n = 0; n < length; n++) mixture[n] += source[n];
  const { components: streams } = filter.push([mixture]);
  return sources.map((source, k) => {
    let signal = 0;
    let noise = 0;
    for (let n = 0; n < length; n++) {
      signal += source[n] * source[n];
      noise += (streams[k][0][n] - source[n]) ** 2;
    }
    return signal / noise;
  });
}

function monoAt({ channels, sampleRate }: Sound, rate: number): Float32Array {
  const mean = Float32Array.from(channels[0], (_, n) => {
    let sum = 0;
    for (const samples of channels) sum += samples[n];
    return sum / channels.length;
  });
  return resample(mean, sampleRate, rate);
}

function halfOf(samples: Float32Array, half: number): Float32Array {
  const middle = Math.floor(samples.length / 2);
  return half === 0 ? samples.subarray(0, middle) : samples.subarray(middle);
}

function isSilent(samples: Float32Array): boolean {
  return samples.every((value) => value === 0);
}
