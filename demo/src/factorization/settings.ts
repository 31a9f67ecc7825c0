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

/**
 * Whether a factorisation can be taken up again where it stopped. The Euclidean multiplicative updates know nothing but W
 * and H. The fast solver also remembers where it came from. The other divergences bring values back that have all but
 * vanished, and what counts as vanished depends on the scale that W had at the start.
 */
export function canResume({ divergence, solver }: Pick<FactorizationSettings, 'divergence' | 'solver'>): boolean {
  return solver === 'multiplicative' && divergence === 'euclidean';
}

export function isSame(a: FactorizationSettings, b: FactorizationSettings): boolean {
  return (Object.keys(a) as (keyof FactorizationSettings)[]).every((name) => a[name] === b[name]);
}
