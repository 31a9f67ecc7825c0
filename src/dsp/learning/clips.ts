import { checkFloat32Array, checkInteger, checkNumber, checkObject, show } from '../../parameters/checks.ts';
import { SAMPLE_RATES } from '../limits.ts';
import { binsOf, frameCount, type SpectrogramLayout } from '../transform/StftLayout.ts';

/** Sound to learn from: one array of samples a channel, all of one length. */
export interface Sound {
  /** Samples. */
  readonly channels: readonly Float32Array[];
  /** Hz */
  readonly sampleRate: number;
}

/** A magnitude spectrogram. */
export interface Spectrogram {
  /** frames × bins, row-major */
  magnitudes: Float32Array;
  /** Oldest first. */
  frames: number;
  /** fftSize/2 + 1 */
  bins: number;
  /** Hz */
  sampleRate: number;
  /** Samples of a frame. */
  fftSize: number;
  /** Samples from one frame to the next. */
  hopSize: number;
  /** The analysis window. */
  window: string;
}

/** What learning learns from. */
export type LearningClip = Sound | Spectrogram;

export function isSpectrogram(clip: LearningClip): clip is Spectrogram {
  return 'magnitudes' in clip;
}

/**
 * @param name of the clip, for the error
 * @throws {TypeError | RangeError} for a clip that cannot be learned from: of another kind, of another layout, silent, too
 * short, or with values that are not finite
 */
export function checkClip(clip: LearningClip, layout: SpectrogramLayout, name: string): void {
  checkObject(`source: ${name}`, clip);
  if ('magnitudes' in clip) checkSpectrogram(clip, layout, name);
  else if ('channels' in clip) checkSound(clip, layout, name);
  else throw new TypeError(`source: ${name} is ${show(clip)}; it must have channels, or magnitudes.`);
}

/** Frames that a clip has in a layout. */
export function framesOf(clip: LearningClip, layout: SpectrogramLayout): number {
  if (isSpectrogram(clip)) return clip.frames;
  return frameCount(Math.ceil((clip.channels[0].length * layout.sampleRate) / clip.sampleRate), layout);
}

function checkSound({ channels, sampleRate }: Sound, layout: SpectrogramLayout, name: string): void {
  checkNumber(`source: the sampleRate of ${name}`, sampleRate, SAMPLE_RATES.minimum, SAMPLE_RATES.maximum);
  if (!Array.isArray(channels) || channels.length === 0)
    throw new TypeError(
      `source: the channels of ${name} are ${show(channels)}; there must be at least one array of samples.`,
    );
  for (const samples of channels) checkFloat32Array(`source: a channel of ${name}`, samples, channels[0].length);
  const [{ length }] = channels;
  if ((length / sampleRate) * layout.sampleRate < layout.fftSize) {
    throw new RangeError(`source: ${name} has ${length} samples; at least one frame of ${layout.fftSize} is needed.`);
  }
  for (const samples of channels) requireFinite(samples, name);
  if (channels.every(isSilent)) throw new RangeError(`source: ${name} is silent; there is nothing to learn from.`);
}

function checkSpectrogram(spectrogram: Spectrogram, layout: SpectrogramLayout, name: string): void {
  for (const field of ['sampleRate', 'fftSize', 'window'] as const) {
    if (spectrogram[field] === layout[field]) continue;
    throw new RangeError(
      `source: the ${field} of ${name} is ${String(spectrogram[field])}, but ${layout[field]} is needed here.`,
    );
  }
  const { magnitudes, frames, bins } = spectrogram;
  checkInteger(`source: the bins of ${name}`, bins, binsOf(layout), binsOf(layout));
  if (frames === 0) throw new RangeError(`source: ${name} has no frames.`);
  checkInteger(`source: the frames of ${name}`, frames, 1, Number.MAX_SAFE_INTEGER);
  checkFloat32Array(`source: the magnitudes of ${name}`, magnitudes, frames * bins);
  requireFinite(magnitudes, name);
  if (magnitudes.some((value) => value < 0)) throw new RangeError(`source: ${name} has negative magnitudes.`);
  if (isSilent(magnitudes)) throw new RangeError(`source: ${name} is silent; there is nothing to learn from.`);
}

function requireFinite(values: Float32Array, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new RangeError(`source: ${name} has the value ${values[i]} at index ${i}; every value must be finite.`);
  }
}

function isSilent(values: Float32Array): boolean {
  return values.every((value) => value === 0);
}
