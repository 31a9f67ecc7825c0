import { binsOf, type SpectrogramLayout } from './StftLayout.ts';

/** What the frequencies of a spectrum depend on. */
type Grid = Pick<SpectrogramLayout, 'sampleRate' | 'fftSize'>;

/** Points of a bin at which a spectrum is read, for each old bin that it covers. */
const POINTS = 2;

/**
 * Magnitude spectra on another grid of frequencies; zero above the old Nyquist frequency, where nothing is known.
 *
 * @param spectra rows × bins, row-major
 * @returns rows × bins of the new grid
 */
export function convertSpectra(spectra: Float32Array, from: Grid, to: Grid): Float32Array {
  const [before, after] = [binsOf(from), binsOf(to)];
  const rows = spectra.length / before;
  const converted = new Float32Array(rows * after);
  /** Old bins from one new bin to the next. */
  const step = (to.sampleRate * from.fftSize) / (from.sampleRate * to.fftSize);
  // Where a new bin covers about one old bin, or less, a point is as good as a mean.
  const points = step < POINTS ? 1 : Math.ceil(POINTS * step);
  for (let r = 0; r < rows; r++) {
    const spectrum = spectra.subarray(r * before, (r + 1) * before);
    for (let b = 0; b < after; b++) {
      let power = 0;
      for (let i = 0; i < points; i++) power += valueAt(spectrum, step * (b + (i + 0.5) / points - 0.5)) ** 2;
      converted[r * after + b] = Math.sqrt(power / points);
    }
  }
  return converted;
}

/**
 * Between the bins: a Catmull-Rom spline through the square roots of the magnitudes. Of several ways (linear, cubic, of
 * logarithms) this cost the least when models changed between 44.1 and 48 kHz.
 */
function valueAt(spectrum: Float32Array, position: number): number {
  const last = spectrum.length - 1;
  const place = Math.abs(position);
  if (place > last) return 0;
  const bin = Math.floor(place);
  const t = place - bin;
  // The spectrum of a real signal is even around both of its ends.
  const root = (f: number) => Math.sqrt(spectrum[f > last ? 2 * last - f : Math.abs(f)]);
  const [a, b, c, d] = [root(bin - 1), root(bin), root(bin + 1), root(bin + 2)];
  return (b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))) ** 2;
}
