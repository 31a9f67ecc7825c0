import { Random } from '../../src/dsp/numeric/random.ts';

/** Values in [least, least + 1), the same for the same seed. */
export function randomMatrix(length: number, seed: number, least = 0.01): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => random.next() + least);
}

/** H·W of random factors: a matrix that so many templates explain. */
export function lowRankMatrix(frames: number, bins: number, rank: number, seed: number): Float32Array<ArrayBuffer> {
  const H = randomMatrix(frames * rank, seed);
  const W = randomMatrix(rank * bins, seed + 1);
  return Float32Array.from({ length: frames * bins }, (_, cell) => {
    const [t, f] = [Math.floor(cell / bins), cell % bins];
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += cube(H[t * rank + r]) * cube(W[r * bins + f]);
    return sum;
  });
}

/** Unlike `**`, the same in every engine. */
function cube(value: number): number {
  return value * value * value;
}
