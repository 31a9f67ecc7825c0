import { transform } from '../shared/fft/transform';
import { ChainMemory, chainMagnitudes, historyOf, isAudible, isSingle, setAudible, spectrumOf } from './ChainMemory';
import { addPairMagnitudes, addSingleMagnitudes, splitPairMagnitudes } from './magnitudes';
import { windowFrame } from './ringBuffers';

/**
 * Cuts a frame out of the history: the spectra of all channels, and their magnitudes averaged over the channels.
 *
 * @param start where the frame starts in the history, in samples, a multiple of 128
 */
export function captureFrame(chain: usize, slot: i32, start: i32): void {
  const c = changetype<ChainMemory>(chain);
  const magnitudes = chainMagnitudes(chain, slot);
  const scale = <f32>1 / <f32>c.channels;
  memory.fill(magnitudes, 0, c.rowBytes);
  for (let pair = 0; pair < c.channelPairs; pair++) {
    const re = spectrumOf(c, slot, pair);
    const im = re + ((<usize>c.fftSize) << 2);
    const both = !isSingle(c, pair);
    let audible = cutFrame(c, 2 * pair, start, re);
    if (both) audible = cutFrame(c, 2 * pair + 1, start, im) || audible;
    else memory.fill(im, 0, (<usize>c.fftSize) << 2);
    setAudible(c, slot, pair, audible);
    if (!audible) continue;
    transform(re, im, c.scratch, c.twiddles, c.fftSize);
    if (both) addPairMagnitudes(re, im, c.fftSize, scale, magnitudes);
    else addSingleMagnitudes(re, im, c.fftSize, scale, magnitudes);
  }
}

/** Of two channels: the magnitudes of a captured frame, left above right. Returns where they stand. */
export function stackMagnitudes(chain: usize, slot: i32): usize {
  const c = changetype<ChainMemory>(chain);
  const stacked = c.stackedMagnitudes;
  const re = spectrumOf(c, slot, 0);
  if (isAudible(c, slot, 0)) {
    splitPairMagnitudes(re, re + ((<usize>c.fftSize) << 2), c.fftSize, stacked, stacked + c.rowBytes);
  } else memory.fill(stacked, 0, 2 * c.rowBytes);
  return stacked;
}

/** Returns whether any windowed sample is not zero. */
// @inline
function cutFrame(c: ChainMemory, channel: i32, start: i32, out: usize): bool {
  return windowFrame(historyOf(c, channel), c.historySize, start, c.analysisWindow, c.fftSize, out);
}
