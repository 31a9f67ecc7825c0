import { describe, expect, it } from 'vitest';
import { twiddlesOf } from '../../../src/dsp/transform/twiddles.ts';
import { loadKernels } from '../../../src/kernels/load.ts';
import { difference, levelBelow, noise } from '../../helpers/signals.ts';

const SIZES = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];

/** A kernel instance with buffers for an FFT of `size`, and views of them */
function setUp(size: number) {
  const kernels = loadKernels();
  const bins = size / 2 + 1;
  const twiddles = twiddlesOf(size);
  const lengths = [size, size, 2 * size, twiddles.length, bins, bins, bins, bins];
  const addresses = lengths.map((length) => kernels.allocate(4 * length));
  const views = addresses.map((address, i) => new Float32Array(kernels.memory.buffer, address, lengths[i]));
  const [reAt, imAt, scratchAt, twiddlesAt, ...parts] = addresses;
  const [re, im, , factors, aRe, aIm, bRe, bIm] = views;
  const [a, b, c, d] = parts;
  factors.set(twiddles);
  return {
    re,
    im,
    spectra: { aRe, aIm, bRe, bIm },
    forward: () => kernels.transform(reAt, imAt, scratchAt, twiddlesAt, size),
    inverse: () => kernels.transform(imAt, reAt, scratchAt, twiddlesAt, size),
    split: () => kernels.splitSpectrum(reAt, imAt, size, a, b, c, d),
    join: () => kernels.joinSpectra(a, b, c, d, size, reAt, imAt),
  };
}

function scaled(values: Float32Array, factor: number): Float32Array {
  return values.map((value) => factor * value);
}

/** One bin of the discrete Fourier transform by its definition */
function directBin(re: Float32Array, im: Float32Array, f: number): [number, number] {
  const size = re.length;
  let [x, y] = [0, 0];
  for (let n = 0; n < size; n++) {
    const angle = (-2 * Math.PI * ((f * n) % size)) / size;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    x += re[n] * c - im[n] * s;
    y += re[n] * s + im[n] * c;
  }
  return [x, y];
}

describe.each(SIZES)('the transform of %i samples', (size) => {
  it('is the discrete Fourier transform', () => {
    const { re, im, forward } = setUp(size);
    const [a, b] = [noise(size, 1), noise(size, 2)];
    re.set(a);
    im.set(b);
    forward();
    const scale = Math.sqrt(size);
    // 37 is prime, so the tested bins include every residue modulo 2, 4, 8 …, where a faulty FFT pass would show.
    for (let f = 0; f < size; f += size > 512 ? 37 : 1) {
      const [x, y] = directBin(a, b, f);
      expect(Math.abs(re[f] - x) / scale).toBeLessThan(1e-6);
      expect(Math.abs(im[f] - y) / scale).toBeLessThan(1e-6);
    }
  });

  it('is its own inverse with real and imaginary parts exchanged', () => {
    const { re, im, forward, inverse } = setUp(size);
    const [a, b] = [noise(size, 3), noise(size, 4)];
    re.set(a);
    im.set(b);
    forward();
    inverse();
    expect(levelBelow(a, difference(scaled(re, 1 / size), a))).toBeLessThan(-130);
    expect(levelBelow(b, difference(scaled(im, 1 / size), b))).toBeLessThan(-130);
  });

  it('splits the spectra of two real signals and joins them again', () => {
    const { re, im, spectra, forward, split, join } = setUp(size);
    const { aRe, aIm, bRe, bIm } = spectra;
    const bins = size / 2 + 1;
    const [a, b] = [noise(size, 5), noise(size, 6)];
    re.set(a);
    im.set(b);
    forward();
    const joined = [re.slice(), im.slice()];
    split();
    const silence = new Float32Array(size);
    for (const f of [0, 1, 2, bins >> 1, bins - 2, bins - 1]) {
      const [x, y] = directBin(a, silence, f);
      const [u, v] = directBin(b, silence, f);
      const errors = [aRe[f] - x, aIm[f] - y, bRe[f] - u, bIm[f] - v];
      for (const error of errors) expect(Math.abs(error) / Math.sqrt(size)).toBeLessThan(1e-6);
    }
    join();
    expect(levelBelow(joined[0], difference(re, joined[0]))).toBeLessThan(-130);
    expect(levelBelow(joined[1], difference(im, joined[1]))).toBeLessThan(-130);
  });
});
