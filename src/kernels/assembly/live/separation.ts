import { transform } from '../shared/fft/transform';
import { ChainMemory, chainMagnitudes, historyOf, isAudible, isSingle, ringOf, spectrumOf } from './ChainMemory';
import { stackMagnitudes } from './capture';
import { fillMasks } from './componentMasks';
import { DictionaryMemory } from './DictionaryMemory';
import { overlapAdd, overlapAddUnwindowed, windowFrame } from './ringBuffers';
import { dot } from './rows';
import { maskChannels, maskSpectrum, maskSpectrumTwice } from './spectralFilters';

/**
 * From a captured frame to its components in the rings. The last component needs no ring: the output gives it what the
 * others leave of the input.
 */

/**
 * Makes the masks of a frame that follow from the activations in the dictionary, and measures the amplitude
 * that each lets through.
 *
 * @param exponent p of the masks (`componentMasks.ts`)
 */
export function maskFrame(chain: usize, slot: i32, dictionary: usize, exponent: f32): void {
  const c = changetype<ChainMemory>(chain);
  memory.fill(c.amplitudes, 0, (<usize>c.components) << 2);
  if (!isAnyAudible(c, slot)) return;
  const bins = (c.fftSize >> 1) + 1;
  const d = changetype<DictionaryMemory>(dictionary);
  fillMasks(d, c.components, bins, exponent, c.masks, c.rowBytes, c.nonzeroMasks);
  measureAmplitudes(c, slot, isStacked(c, d));
}

/**
 * Filters a frame by the masks made for it last, and overlap-adds its components.
 *
 * @param ringStart where the frame's synthesis support begins in the rings, in samples, a multiple of 128
 * @param dictionary that the masks were made with
 */
export function separateFrame(chain: usize, slot: i32, ringStart: i32, dictionary: usize): void {
  const c = changetype<ChainMemory>(chain);
  if (!isAnyAudible(c, slot)) return;
  const d = changetype<DictionaryMemory>(dictionary);
  for (let pair = 0; pair < c.channelPairs; pair++) {
    if (!isAudible(c, slot, pair)) continue;
    if (isStacked(c, d)) separateStereo(c, slot, ringStart);
    else if (isSingle(c, pair)) separateSingle(c, slot, pair, ringStart);
    else separatePair(c, slot, pair, ringStart);
  }
}

/**
 * Gives each component an equal share of a frame, which needs no transform.
 *
 * @param start where the frame's synthesis support begins in the history, in samples, a multiple of 128
 * @param ringStart where it begins in the rings
 */
export function shareFrame(chain: usize, start: i32, ringStart: i32): void {
  const c = changetype<ChainMemory>(chain);
  for (let channel = 0; channel < c.channels; channel++) {
    const share = c.frameRe;
    if (!windowFrame(historyOf(c, channel), c.historySize, start, c.sharingWindow, c.support, share)) continue;
    for (let k = 0; k < c.components - 1; k++) {
      overlapAddUnwindowed(share, c.support, ringOf(c, channel, k), c.support, ringStart);
    }
  }
}

/** Σ mask ∘ |X| of each component, averaged over the channels. */
function measureAmplitudes(c: ChainMemory, slot: i32, stacked: bool): void {
  const magnitudes = stacked
    ? stackMagnitudes(changetype<usize>(c), slot)
    : chainMagnitudes(changetype<usize>(c), slot);
  const rowBytes = stacked ? 2 * c.rowBytes : c.rowBytes;
  const scale: f32 = stacked ? 0.5 : 1;
  for (let k = 0; k < c.components; k++) {
    const amplitude = scale * dot(c.masks + rowBytes * <usize>k, magnitudes, <i32>(rowBytes >> 2));
    store<f32>(c.amplitudes + ((<usize>k) << 2), amplitude);
  }
}

/** One inverse transform for each component: its mask filters both channels at once. */
function separatePair(c: ChainMemory, slot: i32, pair: i32, ringStart: i32): void {
  const re = spectrumOf(c, slot, pair);
  const im = re + ((<usize>c.fftSize) << 2);
  for (let k = nextNonzeroMask(c, 0); k < c.components - 1; k = nextNonzeroMask(c, k + 1)) {
    maskSpectrum(re, im, maskOf(c, k), c.fftSize, c.frameRe, c.frameIm);
    transform(c.frameIm, c.frameRe, c.scratch, c.twiddles, c.fftSize);
    addToRing(c, c.frameRe, 2 * pair, k, ringStart);
    addToRing(c, c.frameIm, 2 * pair + 1, k, ringStart);
  }
}

/** Two channels: one inverse transform for each component, whose masks filter each channel by its own. */
function separateStereo(c: ChainMemory, slot: i32, ringStart: i32): void {
  const re = spectrumOf(c, slot, 0);
  const im = re + ((<usize>c.fftSize) << 2);
  for (let k = nextNonzeroMask(c, 0); k < c.components - 1; k = nextNonzeroMask(c, k + 1)) {
    const left = c.masks + 2 * c.rowBytes * <usize>k;
    maskChannels(re, im, left, left + c.rowBytes, c.fftSize, c.frameRe, c.frameIm);
    transform(c.frameIm, c.frameRe, c.scratch, c.twiddles, c.fftSize);
    addToRing(c, c.frameRe, 0, k, ringStart);
    addToRing(c, c.frameIm, 1, k, ringStart);
  }
}

/** One inverse transform for two components of the only channel. */
function separateSingle(c: ChainMemory, slot: i32, pair: i32, ringStart: i32): void {
  const re = spectrumOf(c, slot, pair);
  const im = re + ((<usize>c.fftSize) << 2);
  const last = c.components - 1;
  let k = nextNonzeroMask(c, 0);
  while (k < last) {
    const other = nextNonzeroMask(c, k + 1);
    if (other < last) maskSpectrumTwice(re, im, maskOf(c, k), maskOf(c, other), c.fftSize, c.frameRe, c.frameIm);
    else maskSpectrum(re, im, maskOf(c, k), c.fftSize, c.frameRe, c.frameIm);
    transform(c.frameIm, c.frameRe, c.scratch, c.twiddles, c.fftSize);
    addToRing(c, c.frameRe, 2 * pair, k, ringStart);
    if (other < last) addToRing(c, c.frameIm, 2 * pair, other, ringStart);
    k = nextNonzeroMask(c, other + 1);
  }
}

/** Overlap-adds the support of a frame, at the frame's end. */
function addToRing(c: ChainMemory, frame: usize, channel: i32, component: i32, ringStart: i32): void {
  const supportStart = frame + ((<usize>(c.fftSize - c.support)) << 2);
  overlapAdd(supportStart, c.synthesisWindow, c.support, ringOf(c, channel, component), c.support, ringStart);
}

/** The first component from `k` on whose mask is not all zero; K if there is none. */
function nextNonzeroMask(c: ChainMemory, k: i32): i32 {
  while (k < c.components && !load<i32>(c.nonzeroMasks + ((<usize>k) << 2))) k++;
  return k;
}

/** Whether the templates have a row for each of the two channels. */
function isStacked(c: ChainMemory, d: DictionaryMemory): bool {
  return (<usize>d.rowFloats) << 2 > c.rowBytes;
}

function isAnyAudible(c: ChainMemory, slot: i32): bool {
  for (let pair = 0; pair < c.channelPairs; pair++) if (isAudible(c, slot, pair)) return true;
  return false;
}

function maskOf(c: ChainMemory, component: i32): usize {
  return c.masks + c.rowBytes * <usize>component;
}
