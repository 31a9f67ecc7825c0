import { Random } from '../../src/dsp/numeric/random.ts';

/** Pseudorandom values in [least, least + 1) */
export function randomMatrix(length: number, seed: number, least = 0.01): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => random.next() + least);
}

/** H·W with random H (frames × rank) and W (rank × bins): `rank` templates explain it exactly. */
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

/** Engines may round `**` differently. */
function cube(value: number): number {
  return value * value * value;
}
