import type { Divergence, LatencyHint } from 'nmf-separator-node';

/** What the listener chooses before anything is separated. */
export interface Settings {
  /** K */
  readonly components: number;
  readonly divergence: Divergence;
  readonly latencyHint: LatencyHint;
}

export const COMPONENTS_RANGE = { least: 1, standard: 3, most: 8 };

/** Reads the form; its options in the page are the package's own words. */
export function settingsFrom(form: HTMLFormElement): Settings {
  const values = new FormData(form);
  return {
    components: Number(values.get('components')),
    divergence: values.get('divergence') as Divergence,
    latencyHint: values.get('latencyHint') as LatencyHint,
  };
}

/** A divergence only concerns learning; the other settings make another node. */
export function needsAnotherNode(before: Settings, after: Settings): boolean {
  return before.components !== after.components || before.latencyHint !== after.latencyHint;
}
