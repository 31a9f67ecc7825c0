import { Chain, chainMagnitudes, QUANTUM, QUANTUM_BYTES } from './Chain';
import { Dictionary } from './Dictionary';
import { transform } from './fft';
import { componentMasks } from './mask';
import { VECTOR } from './simd';
import { addFrame, addLoneMagnitudes, addMagnitudes, emit, maskSpectrum, maskSpectrumTwice, overlapAdd, windowFrame } from './spectra';

/** The steps of the live path, each a single call a quantum or a frame, for all channels and components. */

/**
 * Samples from here on would overflow the squares of a spectrum of 16384 samples, and count as not finite: 2^48, 289 dB
 * above full scale.
 */
const TOO_LOUD: f32 = 281474976710656;
/** Samples below this count as zero, 600 dB down: what they make denormal would slow every loop a hundredfold. */
const DENORMAL: f32 = 1e-30;

/**
 * Takes the input quantum into the history.
 *
 * @param position where in the history, a multiple of 128
 * @returns the number of samples that are not finite; they count as zero
 */
export function listenQuantum(chain: usize, position: i32): i32 {
  const c = changetype<Chain>(chain);
  const limit = f32x4.splat(TOO_LOUD);
  const least = f32x4.splat(DENORMAL);
  let refused = 0;
  for (let channel = 0; channel < c.channels; channel++) {
    const from = c.input + QUANTUM_BYTES * <usize>channel;
    const to = historyOf(c, channel) + ((<usize>position) << 2);
    for (let at: usize = 0; at < QUANTUM_BYTES; at += VECTOR) {
      const samples = v128.load(from + at);
      const level = f32x4.abs(samples);
      // False for NaN, too.
      const finite = f32x4.lt(level, limit);
      refused += 4 - popcnt(i32x4.bitmask(finite));
      v128.store(to + at, v128.and(samples, v128.and(finite, f32x4.ge(level, least))));
    }
  }
  return refused;
}

/**
 * Cuts a frame out of the history: the spectra of all channels, and their mean magnitudes.
 *
 * @param start of the frame in the history, a multiple of 128
 */
export function captureFrame(chain: usize, slot: i32, start: i32): void {
  const c = changetype<Chain>(chain);
  const magnitudes = chainMagnitudes(chain, slot);
  const scale = <f32>1 / <f32>c.channels;
  memory.fill(magnitudes, 0, c.rowBytes);
  for (let pair = 0; pair < c.pairs; pair++) {
    const re = spectrumOf(c, slot, pair);
    const im = re + ((<usize>c.fftSize) << 2);
    const both = !isLone(c, pair);
    let audible = windowFrame(historyOf(c, 2 * pair), c.historySize, start, c.analysis, c.fftSize, re);
    if (both) audible = windowFrame(historyOf(c, 2 * pair + 1), c.historySize, start, c.analysis, c.fftSize, im) || audible;
    else memory.fill(im, 0, (<usize>c.fftSize) << 2);
    setAudible(c, slot, pair, audible);
    if (!audible) continue;
    transform(re, im, c.scratch, c.twiddles, c.fftSize);
    if (both) addMagnitudes(re, im, c.fftSize, scale, magnitudes);
    else addLoneMagnitudes(re, im, c.fftSize, scale, magnitudes);
  }
}

/**
 * Filters a frame by the masks of its activations, and overlap-adds all components but the last into their rings.
 *
 * @param ringStart where in the rings the synthesis support begins, a multiple of 128
 * @param exponent of the masks
 */
export function separateFrame(chain: usize, slot: i32, ringStart: i32, dictionary: usize, exponent: f32): void {
  const c = changetype<Chain>(chain);
  if (!isAnyAudible(c, slot)) return;
  componentMasks(changetype<Dictionary>(dictionary), c.components, (c.fftSize >> 1) + 1, exponent, c.masks, c.rowBytes, c.sounding);
  for (let pair = 0; pair < c.pairs; pair++) {
    if (!isAudible(c, slot, pair)) continue;
    if (isLone(c, pair)) separateLone(c, slot, pair, ringStart);
    else separatePair(c, slot, pair, ringStart);
  }
}

/** One inverse transform for each component: its mask filters both channels at once. */
function separatePair(c: Chain, slot: i32, pair: i32, ringStart: i32): void {
  const re = spectrumOf(c, slot, pair);
  const im = re + ((<usize>c.fftSize) << 2);
  for (let k = nextSounding(c, 0); k < c.components - 1; k = nextSounding(c, k + 1)) {
    maskSpectrum(re, im, maskOf(c, k), c.fftSize, c.re, c.im);
    transform(c.im, c.re, c.scratch, c.twiddles, c.fftSize);
    addToRing(c, c.re, 2 * pair, k, ringStart);
    addToRing(c, c.im, 2 * pair + 1, k, ringStart);
  }
}

/** One inverse transform for two components of the channel that rides alone. */
function separateLone(c: Chain, slot: i32, pair: i32, ringStart: i32): void {
  const re = spectrumOf(c, slot, pair);
  const im = re + ((<usize>c.fftSize) << 2);
  const last = c.components - 1;
  let k = nextSounding(c, 0);
  while (k < last) {
    const other = nextSounding(c, k + 1);
    if (other < last) maskSpectrumTwice(re, im, maskOf(c, k), maskOf(c, other), c.fftSize, c.re, c.im);
    else maskSpectrum(re, im, maskOf(c, k), c.fftSize, c.re, c.im);
    transform(c.im, c.re, c.scratch, c.twiddles, c.fftSize);
    addToRing(c, c.re, 2 * pair, k, ringStart);
    if (other < last) addToRing(c, c.im, 2 * pair, other, ringStart);
    k = nextSounding(c, other + 1);
  }
}

/**
 * Gives each component an equal share of a frame, which needs no transform.
 *
 * @param start of the frame's synthesis support in the history, a multiple of 128
 */
export function shareFrame(chain: usize, start: i32, ringStart: i32): void {
  const c = changetype<Chain>(chain);
  for (let channel = 0; channel < c.channels; channel++) {
    if (!windowFrame(historyOf(c, channel), c.historySize, start, c.shares, c.support, c.re)) continue;
    for (let k = 0; k < c.components - 1; k++) addFrame(c.re, c.support, ringOf(c, channel, k), c.support, ringStart);
  }
}

/**
 * Hands out a quantum of every component.
 *
 * @param position in the rings
 * @param delayed the same quantum of input, in the history
 */
export function emitQuantum(chain: usize, position: i32, delayed: i32): void {
  const c = changetype<Chain>(chain);
  for (let channel = 0; channel < c.channels; channel++) {
    const input = historyOf(c, channel) + ((<usize>delayed) << 2);
    const out = c.output + QUANTUM_BYTES * <usize>channel;
    emit(input, ringOf(c, channel, 0), (<usize>c.support) << 2, position, c.components, QUANTUM, out, QUANTUM_BYTES * <usize>c.channels);
  }
}

/** Overlap-adds the end of a frame that came out of the inverse transform. */
function addToRing(c: Chain, frame: usize, channel: i32, component: i32, ringStart: i32): void {
  const end = frame + ((<usize>(c.fftSize - c.support)) << 2);
  overlapAdd(end, c.synthesis, c.support, ringOf(c, channel, component), c.support, ringStart);
}

/** The first component from `k` on whose mask is not all zero, or K. */
function nextSounding(c: Chain, k: i32): i32 {
  while (k < c.components && !load<i32>(c.sounding + ((<usize>k) << 2))) k++;
  return k;
}

/** Whether the second channel of the pair is none. */
function isLone(c: Chain, pair: i32): bool {
  return 2 * pair + 1 == c.channels;
}

function setAudible(c: Chain, slot: i32, pair: i32, audible: bool): void {
  store<i32>(c.audible + ((<usize>(slot * c.pairs + pair)) << 2), <i32>audible);
}

function isAudible(c: Chain, slot: i32, pair: i32): bool {
  return load<i32>(c.audible + ((<usize>(slot * c.pairs + pair)) << 2)) != 0;
}

function isAnyAudible(c: Chain, slot: i32): bool {
  for (let pair = 0; pair < c.pairs; pair++) if (isAudible(c, slot, pair)) return true;
  return false;
}

function historyOf(c: Chain, channel: i32): usize {
  return c.history + ((<usize>(channel * c.historySize)) << 2);
}

function spectrumOf(c: Chain, slot: i32, pair: i32): usize {
  return c.spectra + ((<usize>c.fftSize * <usize>(slot * c.pairs + pair)) << 3);
}

function maskOf(c: Chain, component: i32): usize {
  return c.masks + c.rowBytes * <usize>component;
}

function ringOf(c: Chain, channel: i32, component: i32): usize {
  return c.rings + ((<usize>c.support * <usize>(channel * (c.components - 1) + component)) << 2);
}
