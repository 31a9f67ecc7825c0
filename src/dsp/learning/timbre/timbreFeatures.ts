import { naturalLog } from '../../numeric/logarithm.ts';
import { cosPi } from '../../numeric/trigonometry.ts';
import { binsOf, type SpectrogramLayout } from '../../transform/StftLayout.ts';

const BANDS = 26;
/** Hz up to which the mel scale is as good as linear: m = 1127·ln(1 + f/700). */
const CORNER = 700;
/**
 * From the edge of one band to the next, 1 + f/700 grows by this factor: (1 + 16000/700)^(1/27), so that the bands end at
 * 16 kHz.
 */
const BAND_RATIO = 1.124664287626728;
/** Keeps the logarithm of an empty band finite, where the whole template sums to 1. */
const FLOOR = 1e-5;
/** Values of a feature. */
export const FEATURES = 6;

/**
 * The timbre of templates: mel-frequency cepstral coefficients 1 to 6, which tell the shape of a spectrum and not its
 * pitch (Davis and Mermelstein, "Comparison of parametric representations for monosyllabic word recognition", IEEE TASSP
 * 28, 1980; for templates: Spiertz and Gnann, "Source-filter based clustering for monaural blind source separation", DAFx
 * 2009).
 *
 * @param templates templates × bins, row-major, of any level
 * @returns FEATURES values a template, row-major
 */
export function timbreFeatures(templates: Float32Array, layout: SpectrogramLayout): Float64Array {
  const bins = binsOf(layout);
  const bands = melBands(layout);
  const count = templates.length / bins;
  const features = new Float64Array(count * FEATURES);
  for (let r = 0; r < count; r++) {
    const row = templates.subarray(r * bins, (r + 1) * bins);
    const level = row.reduce((sum, value) => sum + value, 0) || 1;
    features.set(cepstrum(bands.map((band) => naturalLog(bandSum(row, band) / level + FLOOR))), r * FEATURES);
  }
  return features;
}

/** Weights of bins in a row. */
interface Band {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Triangles that overlap by half, evenly spaced on the mel scale. */
function melBands(layout: SpectrogramLayout): Band[] {
  const edges = [0];
  for (let i = 1, power = BAND_RATIO; i < BANDS + 2; i++, power *= BAND_RATIO) edges.push(CORNER * (power - 1));
  const bins = binsOf(layout);
  const spacing = layout.sampleRate / layout.fftSize;
  return Array.from({ length: BANDS }, (_, i) => {
    const [low, middle, high] = edges.slice(i, i + 3).map((edge) => edge / spacing);
    const first = Math.min(bins, Math.ceil(low));
    const length = Math.max(0, Math.min(bins, Math.floor(high) + 1) - first);
    const weights = Float64Array.from({ length }, (_value, j) => {
      const f = first + j;
      return f < middle ? (f - low) / (middle - low) : (high - f) / (high - middle);
    });
    return { first, weights };
  });
}

function bandSum(row: Float32Array, { first, weights }: Band): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * row[first + i];
  return sum;
}

/** The discrete cosine transform (type II, orthonormal) without its constant: so the mean does not matter. */
function cepstrum(values: readonly number[]): Float64Array {
  const scale = Math.sqrt(2 / values.length);
  return Float64Array.from({ length: FEATURES }, (_, i) => {
    let sum = 0;
    for (let n = 0; n < values.length; n++) sum += values[n] * cosPi(((i + 1) * (n + 0.5)) / values.length);
    return scale * sum;
  });
}
