import { cosPi, sinPi } from '../numeric/trigonometry.ts';

/** Zero crossings of the sinc on each side: a stop band 80 dB down that begins a few percent above the pass band. */
const ZERO_CROSSINGS = 32;

/**
 * Changes the sampling rate by a Hann-windowed sinc, evaluated anew for every phase (Smith, "Digital audio resampling",
 * CCRMA 1984–2020). Ours, and without the engine's `Math.sin`, so that a clip gives the same model in every engine.
 *
 * @returns ⌈length · to/from⌉ samples; the input itself where the rates are equal
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const cutoff = Math.min(1, to / from);
  const reach = ZERO_CROSSINGS / cutoff;
  const phases = phaseCount(from, to);
  const kernels = new Map<number, Float64Array>();
  const output = new Float32Array(Math.ceil((samples.length * to) / from));
  for (let n = 0; n < output.length; n++) {
    const position = (n * from) / to;
    const first = Math.ceil(position - reach);
    const phase = phases ? (n * from) % to : n;
    let kernel = phases ? kernels.get(phase) : undefined;
    if (!kernel) {
      kernel = sincKernel(first - position, reach, cutoff);
      if (phases) kernels.set(phase, kernel);
    }
    let sum = 0;
    for (let i = Math.max(0, -first); i < kernel.length && first + i < samples.length; i++)
      sum += samples[first + i] * kernel[i];
    output[n] = sum;
  }
  return output;
}

/** Distinct positions between two input samples, or 0 where there are too many to keep. */
function phaseCount(from: number, to: number): number {
  return Number.isInteger(from) && Number.isInteger(to) && to <= 192000 ? to : 0;
}

function sincKernel(start: number, reach: number, cutoff: number): Float64Array {
  const taps = Math.floor(2 * reach) + 1;
  return Float64Array.from({ length: taps }, (_, i) => {
    const x = start + i;
    if (Math.abs(x) >= reach) return 0;
    const window = 0.5 + 0.5 * cosPi(x / reach);
    return x === 0 ? cutoff : (window * sinPi(cutoff * x)) / (Math.PI * x);
  });
}
