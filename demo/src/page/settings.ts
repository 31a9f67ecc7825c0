import type { Divergence, LatencyHint, LearnOptions } from 'nmf-separator-node';

/** What the listener chooses about learning and playing. */
export interface Settings {
  /** K */
  readonly components: number;
  readonly divergence: Divergence;
  readonly templatesPerComponent: number;
  /** Random starts of which the best is kept. */
  readonly restarts: number;
  readonly seed: number;
  readonly latencyHint: LatencyHint;
}

/** Reads the form; its fields and options are the package's own words. */
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

/** What `learn` is asked for with these settings. */
export function learnOptionsOf({ divergence, templatesPerComponent, restarts, seed }: Settings): LearnOptions {
  return { divergence, templatesPerComponent, restarts, seed };
}

/** The other settings only concern learning. */
export function needsAnotherNode(before: Settings, after: Settings): boolean {
  return before.components !== after.components || before.latencyHint !== after.latencyHint;
}
