import type { Divergence, SolverName } from 'nmf-separator-node';
import type { WindowName } from 'nmf-separator-node/dsp';

/** Seconds. A longer clip is cut: its columns would be too narrow to see, and each iteration too slow to watch. */
export const LONGEST = 10;

/** What the stage factorises by, and how it filters. */
export interface FactorizationSettings {
  /** K */
  readonly components: number;
  readonly divergence: Divergence;
  readonly solver: SolverName;
  readonly iterations: number;
  /** Samples of a frame. */
  readonly fftSize: number;
  /** Samples from one frame to the next. */
  readonly hopSize: number;
  readonly window: Extract<WindowName, 'hann' | 'blackman-harris'>;
  readonly maskExponent: number;
  readonly seed: number;
}

/** All that the lecture says of its experiment; the number of components and the seed are the reader's. */
export const LECTURE = {
  divergence: 'euclidean',
  solver: 'multiplicative',
  iterations: 100,
  fftSize: 2048,
  hopSize: 512,
  window: 'blackman-harris',
  maskExponent: 1,
} as const satisfies Omit<FactorizationSettings, 'components' | 'seed'>;

export function isSame(a: FactorizationSettings, b: FactorizationSettings): boolean {
  return (Object.keys(a) as (keyof FactorizationSettings)[]).every((name) => a[name] === b[name]);
}
