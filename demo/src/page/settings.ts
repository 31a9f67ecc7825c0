import type { Divergence, LatencyHint, LearnOptions } from 'nmf-separator-node';

/** The user's settings for learning and playing. */
export interface Settings {
  /** K, the number of output streams */
  readonly components: number;
  readonly divergence: Divergence;
  readonly templatesPerComponent: number;
  /** Number of random initialisations; the one with the lowest loss is kept. */
  readonly restarts: number;
  readonly seed: number;
  readonly latencyHint: LatencyHint;
}

/** Reads the form. Its fields are named after the package's options and have their values. */
export function settingsFrom(form: HTMLFormElement): Settings {
  const values = new FormData(form);
  return {
    components: Number(values.get('components')),
    divergence: values.get('divergence') as Divergence,
    templatesPerComponent: Number(values.get('templatesPerComponent')),
    restarts: Number(values.get('restarts')),
    seed: Number(values.get('seed')),
    latencyHint: values.get('latencyHint') as LatencyHint,
  };
}

export function learnOptionsOf({ divergence, templatesPerComponent, restarts, seed }: Settings): LearnOptions {
  return { divergence, templatesPerComponent, restarts, seed };
}

/** Whether the change needs a new node. The other settings only affect the next `learn`. */
export function needsAnotherNode(before: Settings, after: Settings): boolean {
  return before.components !== after.components || before.latencyHint !== after.latencyHint;
}
