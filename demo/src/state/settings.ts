import type { LearnOptions, NMFSeparatorOptions } from 'nmf-separator-node';

type Given<Options, Name extends keyof Options> = Exclude<Options[Name], undefined>;

/** The user's settings for learning and playing, named after the package's options. null: what the package chooses. */
export interface Settings {
  /** K, the number of output streams */
  readonly components: number;
  readonly divergence: Given<LearnOptions, 'divergence'>;
  readonly clustering: Given<LearnOptions, 'clustering'>;
  readonly solver: Given<LearnOptions, 'solver'>;
  readonly templatesPerComponent: number | null;
  readonly iterations: number | null;
  /** Number of random initialisations; the one with the lowest loss is kept. */
  readonly restarts: number | null;
  readonly seed: number;
  readonly latencyHint: Given<NMFSeparatorOptions, 'latencyHint'>;
  readonly fftSize: number;
  readonly hopSize: number | null;
  readonly window: Given<NMFSeparatorOptions, 'window'>;
  readonly maskExponent: number | null;
}

export const DEFAULT_SETTINGS: Settings = {
  components: 3,
  divergence: 'kullback-leibler',
  clustering: 'auto',
  solver: 'fast',
  templatesPerComponent: null,
  iterations: null,
  restarts: null,
  seed: 0,
  latencyHint: 'playback',
  fftSize: 2048,
  hopSize: null,
  window: 'hann',
  maskExponent: null,
};

/** What a node is made with. Another value of one of these needs another node. */
const NODE_SETTINGS = [
  'components',
  'divergence',
  'latencyHint',
  'fftSize',
  'hopSize',
  'window',
  'maskExponent',
] as const satisfies readonly (keyof Settings & keyof NMFSeparatorOptions)[];

/** What blind learning is called with. */
const LEARNING_SETTINGS = [
  'divergence',
  'clustering',
  'solver',
  'templatesPerComponent',
  'iterations',
  'restarts',
  'seed',
] as const satisfies readonly (keyof Settings & keyof LearnOptions)[];

export type ChosenOptions = Readonly<Record<string, string | number>>;

export function nodeOptionsOf(settings: Settings): NMFSeparatorOptions {
  return given(settings, NODE_SETTINGS);
}

export function learnOptionsOf(settings: Settings): LearnOptions {
  return given(settings, LEARNING_SETTINGS);
}

/** The options that differ from the package's defaults, for the node and for learning. */
export function chosenOptionsOf(settings: Settings): { node: ChosenOptions; learning: ChosenOptions } {
  const chosen = (options: object) =>
    Object.fromEntries(
      Object.entries(options).filter(([name, value]) => value !== DEFAULT_SETTINGS[name as keyof Settings]),
    );
  const node = { components: settings.components, ...chosen(nodeOptionsOf(settings)) };
  const { divergence: _, ...learning } = chosen(learnOptionsOf(settings));
  return { node, learning };
}

/**
 * What components are learned from the sound of each with. Only what the user has changed: the package chooses otherwise
 * than for blind learning. There is nothing to cluster.
 */
export function taughtOptionsOf(settings: Settings): LearnOptions {
  const { clustering: _, ...chosen } = chosenOptionsOf(settings).learning;
  return { ...chosen, divergence: settings.divergence };
}

/** Whether the change needs a new node. The other settings only affect the next `learn`. */
export function needsAnotherNode(before: Settings, after: Settings): boolean {
  // A node takes any divergence when it learns.
  return NODE_SETTINGS.some((name) => name !== 'divergence' && before[name] !== after[name]);
}

function given(settings: Settings, names: readonly (keyof Settings)[]): object {
  const values = names.filter((name) => settings[name] !== null).map((name) => [name, settings[name]]);
  return Object.fromEntries(values);
}

/** Smallest hop, in samples */
const SMALLEST_HOP = 128;
/** Synthesis windows of the low-latency modes, as parts of a frame */
const SUPPORTS: Record<string, number> = { balanced: 1 / 4, interactive: 1 / 8 };

/** Hop sizes that a node accepts, in samples */
export function hopSizesOf(latencyHint: string, fftSize: number): number[] {
  const support = SUPPORTS[latencyHint];
  if (support === undefined) {
    const most = fftSize / 2;
    return Array.from({ length: Math.log2(most / SMALLEST_HOP) + 1 }, (_, i) => SMALLEST_HOP * 2 ** i);
  }
  const half = Math.max(2 * SMALLEST_HOP, fftSize * support) / 2;
  return [half / 2, half].filter((hop) => hop >= SMALLEST_HOP);
}
