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
const DEFAULT_PITCH_SHIFTS = 7;
/** Frames of each test clip: enough to tell, and soon done. */
const TEST_FRAMES = 220;
/** Ratios of signal to noise must rise by a factor of 10^0.02, which is 0.2 dB, in the mean. */
const WORTHWHILE = 1.0471285480508996;

/** With what the sources come apart best. */
export interface Chosen {
  /** Semitones each way. */
  readonly pitchShifts: number;
  /** Whether two channels are told apart by the panning of the templates. */
  readonly isPanned: boolean;
}

/** What is learned from one half of the clips, and the other half: one array a channel of each source. */
interface Round {
  readonly dictionary: DictionaryData;
  readonly test: readonly (readonly Float32Array[])[];
}

/** Ratios of signal to noise, of every source in every round. */
type Ratios = readonly number[];

/**
 * Whether shifted copies of the templates help with these sources, and then whether their panning does, by
 * cross-validation: each half of the clips serves once for training, while the mixture of the other halves is separated
 * with it and without.
 *
 * @param canBePanned whether the panning of every template is known
 * @param learn supervised learning from one clip a source
 */
export function chooseByTrial(
  request: LearnRequest,
  canBePanned: boolean,
  learn: (clips: readonly Sound[]) => DictionaryData,
): Chosen {
  const layout: LiveLayout = { ...layoutOf(request), allowance: 0 };
  const rounds = roundsOf(request, canBePanned, learn);
  const fixed = request.pitchShifts === 'auto' ? 0 : request.pitchShifts;
  // What stays as it is was tried when it was learned.
  if (!rounds) return { pitchShifts: fixed, isPanned: canBePanned && request.clips.includes(null) };
  const ratios = (pitchShifts: number, isPanned: boolean) =>
    rounds.flatMap(({ dictionary, test }) => {
      const { panning, ...plain } = dictionary;
      const used = isPanned ? dictionary : plain;
      return signalToNoise(test, withPitchShifts(used, binsOf(layout), pitchShifts), layout);
    });
  let chosen: Chosen = { pitchShifts: fixed, isPanned: false };
  let best: Ratios = ratios(fixed, false);
  const tryOut = (candidate: Chosen) => {
    const others = ratios(candidate.pitchShifts, candidate.isPanned);
    if (!isWorthwhile(others, best)) return;
    chosen = candidate;
    best = others;
  };
  if (request.pitchShifts === 'auto') tryOut({ pitchShifts: DEFAULT_PITCH_SHIFTS, isPanned: false });
  if (canBePanned) tryOut({ ...chosen, isPanned: true });
  return chosen;
}

/** null where there is not enough to try. */
function roundsOf(
  { clips, sampleRate, fftSize, hopSize }: LearnRequest,
  isStereo: boolean,
  learn: (clips: readonly Sound[]) => DictionaryData,
): readonly Round[] | null {
  const sounds = clips.flatMap((clip) => (clip && !isSpectrogram(clip) ? [clip] : []));
  if (sounds.length < 2) return null;
  const sources = sounds.map((sound) =>
    (isStereo ? sound.channels : [mean(sound.channels)]).map((samples) =>
      resample(samples, sound.sampleRate, sampleRate),
    ),
  );
  const testLength = Math.min(TEST_FRAMES * hopSize, ...sources.map(([{ length }]) => Math.floor(length / 2)));
  if (testLength < fftSize) return null;
  const halves = [0, 1].map((trainingHalf) => ({
    training: sources.map((channels) => channels.map((samples) => halfOf(samples, trainingHalf))),
    test: sources.map((channels) =>
      channels.map((samples) => halfOf(samples, 1 - trainingHalf).subarray(0, testLength)),
    ),
  }));
  if (halves.some(({ training, test }) => [...training, ...test].some((channels) => channels.every(isSilent))))
    return null;
  return halves.map(({ training, test }) => ({
    dictionary: learn(training.map((channels) => ({ channels, sampleRate }))),
    test,
  }));
}

/** By products alone: a logarithm may differ from engine to engine. */
function isWorthwhile(after: Ratios, before: Ratios): boolean {
  let gain = 1;
  after.forEach((ratio, i) => {
    gain *= ratio / before[i] / WORTHWHILE;
  });
  return gain > 1;
}

/** Of every source in what its component of the mixture is: ratios of energies. */
function signalToNoise(
  sources: readonly (readonly Float32Array[])[],
  dictionary: DictionaryData,
  layout: LiveLayout,
): Ratios {
  const channels = sources[0].length;
  const options = { layout, components: sources.length, channels, dictionary };
  const filter = new ClipFilter({ ...options, maskExponent: MASK_EXPONENT.standard });
  const [[{ length }]] = sources;
  const mixture = Array.from({ length: channels }, (_, c) => {
    const sum = new Float32Array(BLOCK * Math.ceil((length + latencyOf(layout)) / BLOCK));
    for (const source of sources) for (let n = 0; n < length; n++) sum[n] += source[c][n];
    return sum;
  });
  const { components: streams } = filter.push(mixture);
  return sources.map((source, k) => {
    let signal = 0;
    let noise = 0;
    source.forEach((samples, c) => {
      for (let n = 0; n < length; n++) {
        signal += samples[n] * samples[n];
        noise += (streams[k][c][n] - samples[n]) ** 2;
      }
    });
    return signal / noise;
  });
}

function mean(channels: readonly Float32Array[]): Float32Array {
  return Float32Array.from(channels[0], (_, n) => {
    let sum = 0;
    for (const samples of channels) sum += samples[n];
    return sum / channels.length;
  });
}

function halfOf(samples: Float32Array, half: number): Float32Array {
  const middle = Math.floor(samples.length / 2);
  return half === 0 ? samples.subarray(0, middle) : samples.subarray(middle);
}

function isSilent(samples: Float32Array): boolean {
  return samples.every((value) => value === 0);
}
