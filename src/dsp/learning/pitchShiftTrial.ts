import type { LearnRequest, Sound } from '../../protocol/protocol.ts';
import { ClipFilter } from '../live/ClipFilter.ts';
import type { DictionaryData } from '../live/Dictionary.ts';
import { binsOf, type FrameShape, latencyOf, QUANTUM } from '../live/frameShape.ts';
import { withPitchShifts } from '../live/pitchShifts.ts';
import { resample } from '../transform/resample.ts';
import { type WindowName, windowPair } from '../transform/window.ts';

/** Semitones each way that are tried, and used where they help. */
export const USUAL_PITCH_SHIFTS = 7;
/** Frames of each half that are separated: enough to tell, and soon done. */
const EXAM_FRAMES = 220;
/** Ratios of signal to noise must rise by a factor of 10^0.03, which is 0.3 dB, in the mean. */
const WORTHWHILE = 1.0715193052376064;
/** The default of the AudioParam. */
const MASK_EXPONENT = 2;

/**
 * Whether shifted copies of the templates help with these sources: each half of the clips is learned from and the mixture
 * of the other halves is separated, with the copies and without.
 *
 * @param learn supervised learning from one clip a source
 */
export function pitchShiftsHelp(request: LearnRequest, learn: (clips: readonly Sound[]) => DictionaryData): boolean {
  const { sampleRate, fftSize, hopSize, window } = request;
  const sources = request.clips.flatMap((clip) => (clip && 'channels' in clip ? [monoAt(clip, sampleRate)] : []));
  if (sources.length < 2) return false;
  const shape = {
    ...{ fftSize, hopSize, window: window as WindowName, allowance: 0 },
    support: windowPair(window, fftSize).support,
  };
  let gain = 1;
  for (const taught of [0, 1]) {
    const lessons = sources.map((source) => halfOf(source, taught));
    const length = Math.min(EXAM_FRAMES * hopSize, ...sources.map((source) => Math.floor(source.length / 2)));
    const exam = sources.map((source) => halfOf(source, 1 - taught).subarray(0, length));
    if (length < fftSize || [...lessons, ...exam].some(isSilent)) return false;
    const plain = learn(lessons.map((samples) => ({ channels: [samples], sampleRate })));
    const shifted = withPitchShifts(plain, binsOf(shape), USUAL_PITCH_SHIFTS);
    const before = signalToNoise(exam, plain, shape);
    const after = signalToNoise(exam, shifted, shape);
    exam.forEach((_, k) => {
      gain *= after[k] / before[k] / WORTHWHILE;
    });
  }
  return gain > 1;
}

/** Of every source in what its component of the mixture is: ratios of energies. */
function signalToNoise(sources: readonly Float32Array[], data: DictionaryData, shape: FrameShape): number[] {
  const components = sources.length;
  const filter = new ClipFilter({ shape, components, channels: 1, dictionary: data, maskExponent: MASK_EXPONENT });
  const [{ length }] = sources;
  const mixture = new Float32Array(QUANTUM * Math.ceil((length + latencyOf(shape)) / QUANTUM));
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
