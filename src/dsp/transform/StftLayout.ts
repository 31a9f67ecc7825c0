import type { WindowName } from './window.ts';

/** How sound is cut into frames and seen through a window. */
export interface StftLayout {
  /** Samples of a frame, a power of two. */
  readonly fftSize: number;
  /** Samples from one frame to the next. */
  readonly hopSize: number;
  /** The analysis window. */
  readonly window: WindowName;
}

/** The layout of sound at a rate, in Hz: what a spectrogram, a model and a node have in common. */
export interface SpectrogramLayout extends StftLayout {
  /** Hz */
  readonly sampleRate: number;
}

export const DEFAULT_WINDOW = 'hann' satisfies WindowName;

/** Bins of a spectrum: those of a real signal, from 0 Hz to half the sampling rate. */
export function binsOf({ fftSize }: Pick<StftLayout, 'fftSize'>): number {
  return fftSize / 2 + 1;
}

/** The members of a layout alone, of whatever has more of them. */
export function layoutOf({ sampleRate, fftSize, hopSize, window }: SpectrogramLayout): SpectrogramLayout {
  return { sampleRate, fftSize, hopSize, window };
}

/** Frames that a transform gives for so many samples; padded with half a frame of zeros at both ends, or not. */
export function frameCount(length: number, { fftSize, hopSize }: Pick<StftLayout, 'fftSize' | 'hopSize'>, pad = true) {
  return pad ? 1 + Math.floor(length / hopSize) : Math.max(0, 1 + Math.floor((length - fftSize) / hopSize));
}
