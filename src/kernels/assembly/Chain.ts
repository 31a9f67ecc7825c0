import { rowBytes } from './Dictionary';
import { allocate } from './memory';

/** Samples the audio thread renders at a time. */
export const QUANTUM: i32 = 128;
export const QUANTUM_BYTES: usize = 512;

/**
 * The memory of the live path: sound comes in by quanta, is kept as history, cut into frames that wait in numbered slots
 * until they are separated, and overlap-added into rings that the output is taken from.
 *
 * Two channels ride in each complex transform; the last of an odd number rides alone. Positions in the history and in
 * the rings are given by the caller.
 */
// @ts-ignore: decorator
@unmanaged
export class Chain {
  fftSize: i32;
  /** Samples of the synthesis window that are not zero, at the end of the frame. */
  support: i32;
  /** K */
  components: i32;
  channels: i32;
  /** Complex transforms that all channels need. */
  pairs: i32;
  /** Samples of history. */
  historySize: i32;
  /** fftSize values. */
  analysis: usize;
  /** `support` values: the synthesis window over the overlap sum, and over fftSize for the inverse transform. */
  synthesis: usize;
  /** `support` values: analysis times synthesis window over the overlap sum, and over K. */
  shares: usize;
  /** As in `fft.ts`. */
  twiddles: usize;
  scratch: usize;
  /** A quantum of each channel. */
  input: usize;
  /** A quantum of each channel of each component. */
  output: usize;
  /** A ring for each channel. */
  history: usize;
  /** K − 1 rings of `support` samples for each channel: the last component is what the others leave. */
  rings: usize;
  /** For each pair of each slot fftSize real and fftSize imaginary parts, and an int32: whether it is not all zero. */
  spectra: usize;
  audible: usize;
  /** A padded row for each slot. */
  magnitudes: usize;
  rowBytes: usize;
  /** A padded row for each component, and an int32: whether it is not all zero. */
  masks: usize;
  sounding: usize;
  /** A frame in the time domain, or a masked spectrum. */
  re: usize;
  im: usize;
}

/** Makes the memory of a chain, silent. The caller fills in windows and twiddles. It lives as long as the instance. */
export function createChain(fftSize: i32, support: i32, components: i32, channels: i32, historySize: i32, slots: i32): usize {
  const c = changetype<Chain>(allocate(offsetof<Chain>()));
  c.fftSize = fftSize;
  c.support = support;
  c.components = components;
  c.channels = channels;
  c.pairs = (channels + 1) >> 1;
  c.historySize = historySize;
  c.rowBytes = rowBytes((fftSize >> 1) + 1);
  const floats = sizeof<f32>();
  const frameBytes = <usize>fftSize * floats;
  const supportBytes = <usize>support * floats;
  c.analysis = allocate(frameBytes);
  c.synthesis = allocate(supportBytes);
  c.shares = allocate(supportBytes);
  c.twiddles = allocate(2 * frameBytes);
  c.scratch = allocate(2 * frameBytes);
  c.input = allocate(QUANTUM_BYTES * <usize>channels);
  c.output = allocate(QUANTUM_BYTES * <usize>(channels * components));
  c.history = allocate(<usize>(channels * historySize) * floats);
  c.rings = allocate(supportBytes * <usize>(channels * (components - 1)));
  c.spectra = allocate(2 * frameBytes * <usize>(slots * c.pairs));
  c.audible = allocate(<usize>(slots * c.pairs) * sizeof<i32>());
  c.magnitudes = allocate(c.rowBytes * <usize>slots);
  c.masks = allocate(c.rowBytes * <usize>components);
  c.sounding = allocate(<usize>components * sizeof<i32>());
  c.re = allocate(frameBytes);
  c.im = allocate(frameBytes);
  return changetype<usize>(c);
}

/** Address of the analysis window: fftSize floats. */
export function chainAnalysis(chain: usize): usize {
  return changetype<Chain>(chain).analysis;
}

/** Address of the synthesis window, divided by the overlap sum and by fftSize: `support` floats. */
export function chainSynthesis(chain: usize): usize {
  return changetype<Chain>(chain).synthesis;
}

/** Address of the product of both windows, divided by the overlap sum and by K: `support` floats. */
export function chainShares(chain: usize): usize {
  return changetype<Chain>(chain).shares;
}

/** Address of the twiddles: at most 2·fftSize floats. */
export function chainTwiddles(chain: usize): usize {
  return changetype<Chain>(chain).twiddles;
}

/** Address of the quantum that comes in: channels × 128 floats. */
export function chainInput(chain: usize): usize {
  return changetype<Chain>(chain).input;
}

/** Address of the quantum that goes out: components × channels × 128 floats. */
export function chainOutput(chain: usize): usize {
  return changetype<Chain>(chain).output;
}

/** Address of the magnitudes in a slot, averaged over the channels. */
export function chainMagnitudes(chain: usize, slot: i32): usize {
  const c = changetype<Chain>(chain);
  return c.magnitudes + c.rowBytes * <usize>slot;
}
