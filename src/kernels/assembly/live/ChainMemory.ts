import { BLOCK } from '../../constants';
import { allocate } from '../shared/memory';
import { rowBytes } from './rows';

export const BLOCK_BYTES: usize = BLOCK * 4;

/**
 * The memory of the live path. Samples come in by blocks and are kept as history. Frames are cut out of the
 * history and wait in numbered slots, as spectra, until they are separated; their components are overlap-added into
 * rings, which the output is taken from.
 *
 * Two channels share one complex transform, as a + i·b (`shared/fft/realPairs.ts`). Of an odd number of channels, the
 * last has a transform of its own. Positions in the history and in the rings are given by the caller.
 */
@unmanaged
export class ChainMemory {
  /** Samples. */
  fftSize: i32;
  /** Samples at the end of a frame where the synthesis window is not zero. */
  support: i32;
  /** K, the number of components. */
  components: i32;
  channels: i32;
  /** ⌈channels / 2⌉, the number of complex transforms of a frame. */
  channelPairs: i32;
  /** Samples of history of a channel. */
  historySize: i32;
  /** Bytes of a padded row of fftSize/2 + 1 bins. */
  rowBytes: usize;
  /** fftSize floats. */
  analysisWindow: usize;
  /** `support` floats: the synthesis window, divided by the sum of the overlapping windows and by fftSize. */
  synthesisWindow: usize;
  /** `support` floats: analysis times synthesis window, divided by the sum of the overlapping windows and by K. */
  sharingWindow: usize;
  /** As the transform takes them: at most 2·fftSize floats. */
  twiddles: usize;
  /** Room for the transform: 2·fftSize floats. */
  scratch: usize;
  /** channels × 128 floats: the block that comes in. */
  input: usize;
  /** components × channels × 128 floats: the block that goes out. */
  output: usize;
  /** channels × historySize floats: a ring for each channel. */
  history: usize;
  /** channels × (components − 1) × support floats: a ring for each component but the last. */
  rings: usize;
  /** slots × channelPairs × (fftSize real parts, then fftSize imaginary parts). */
  spectra: usize;
  /** slots × channelPairs int32: 0 where the spectrum is all zero. */
  audible: usize;
  /** A padded row for each slot: the magnitudes of the frame, averaged over the channels. */
  magnitudes: usize;
  /** Of two channels: two padded rows, the magnitudes of each channel of the frame in hand. */
  stackedMagnitudes: usize;
  /** A padded row for each component, and of two channels for each channel of it: left, then right. */
  masks: usize;
  /** components int32: 0 where the mask is all zero. */
  nonzeroMasks: usize;
  /** components floats: Σ mask ∘ |X| of the frame masked last. */
  amplitudes: usize;
  /** fftSize floats each: a frame in the time domain, or the masked spectrum of one. */
  frameRe: usize;
  frameIm: usize;
}

/** Makes the memory of a silent chain. The caller fills in windows and twiddles. It lives as long as the instance. */
export function createChain(
  fftSize: i32,
  support: i32,
  components: i32,
  channels: i32,
  historySize: i32,
  slots: i32,
): usize {
  const c = changetype<ChainMemory>(allocate(offsetof<ChainMemory>()));
  c.fftSize = fftSize;
  c.support = support;
  c.components = components;
  c.channels = channels;
  c.channelPairs = (channels + 1) >> 1;
  c.historySize = historySize;
  c.rowBytes = rowBytes((fftSize >> 1) + 1);
  const frameBytes = <usize>fftSize * sizeof<f32>();
  const supportBytes = <usize>support * sizeof<f32>();
  c.analysisWindow = allocate(frameBytes);
  c.synthesisWindow = allocate(supportBytes);
  c.sharingWindow = allocate(supportBytes);
  c.twiddles = allocate(2 * frameBytes);
  c.scratch = allocate(2 * frameBytes);
  c.input = allocate(BLOCK_BYTES * <usize>channels);
  c.output = allocate(BLOCK_BYTES * <usize>(channels * components));
  c.history = allocate(<usize>(channels * historySize) * sizeof<f32>());
  c.rings = allocate(supportBytes * <usize>(channels * (components - 1)));
  c.spectra = allocate(2 * frameBytes * <usize>(slots * c.channelPairs));
  c.audible = allocate(<usize>(slots * c.channelPairs) * sizeof<i32>());
  c.magnitudes = allocate(c.rowBytes * <usize>slots);
  const isStereo = channels === 2;
  if (isStereo) c.stackedMagnitudes = allocate(2 * c.rowBytes);
  c.masks = allocate(c.rowBytes * <usize>(isStereo ? 2 * components : components));
  c.nonzeroMasks = allocate(<usize>components * sizeof<i32>());
  c.amplitudes = allocate(<usize>components * sizeof<f32>());
  c.frameRe = allocate(frameBytes);
  c.frameIm = allocate(frameBytes);
  return changetype<usize>(c);
}

export function chainAnalysis(chain: usize): usize {
  return changetype<ChainMemory>(chain).analysisWindow;
}

export function chainSynthesis(chain: usize): usize {
  return changetype<ChainMemory>(chain).synthesisWindow;
}

export function chainShares(chain: usize): usize {
  return changetype<ChainMemory>(chain).sharingWindow;
}

export function chainTwiddles(chain: usize): usize {
  return changetype<ChainMemory>(chain).twiddles;
}

export function chainInput(chain: usize): usize {
  return changetype<ChainMemory>(chain).input;
}

export function chainOutput(chain: usize): usize {
  return changetype<ChainMemory>(chain).output;
}

export function chainAmplitudes(chain: usize): usize {
  return changetype<ChainMemory>(chain).amplitudes;
}

export function chainMagnitudes(chain: usize, slot: i32): usize {
  const c = changetype<ChainMemory>(chain);
  return c.magnitudes + c.rowBytes * <usize>slot;
}

/** The history of a channel: historySize floats. */
export function historyOf(c: ChainMemory, channel: i32): usize {
  return c.history + ((<usize>(channel * c.historySize)) << 2);
}

/** The ring of a component of a channel: `support` floats. */
export function ringOf(c: ChainMemory, channel: i32, component: i32): usize {
  return c.rings + ((<usize>c.support * <usize>(channel * (c.components - 1) + component)) << 2);
}

/** The spectrum of a pair of channels: fftSize real parts, then fftSize imaginary parts. */
export function spectrumOf(c: ChainMemory, slot: i32, pair: i32): usize {
  return c.spectra + ((<usize>c.fftSize * <usize>(slot * c.channelPairs + pair)) << 3);
}

/** Whether the pair has only one channel: the last of an odd number. */
export function isSingle(c: ChainMemory, pair: i32): bool {
  return 2 * pair + 1 === c.channels;
}

export function setAudible(c: ChainMemory, slot: i32, pair: i32, audible: bool): void {
  store<i32>(c.audible + ((<usize>(slot * c.channelPairs + pair)) << 2), <i32>audible);
}

export function isAudible(c: ChainMemory, slot: i32, pair: i32): bool {
  return load<i32>(c.audible + ((<usize>(slot * c.channelPairs + pair)) << 2)) !== 0;
}
