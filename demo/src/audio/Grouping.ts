import { NMFModel, type NMFSeparatorNode } from 'nmf-separator-node';
import type { BundledClip } from '../sources/clips.ts';
import type { Settings } from '../state/settings.ts';
import { orderByPitch } from '../table/pitch.ts';

/** What a model was made from: a clip, what was just heard, taught sounds, a file, or the drums of the package. */
export type Origin = 'clip' | 'heard' | 'taught' | 'file' | 'drums';

/** By what a model can be learned again: a bundled clip, and the settings. */
export interface Recipe {
  readonly clip: BundledClip;
  readonly settings: Settings;
}

interface Details {
  /** For each learned component, the index of the stream it is merged into. Default: no component is merged. */
  readonly groupOf?: readonly number[];
  /** Components in the order of their rows. Default: by pitch, but as they were taught where they were. */
  readonly order?: readonly number[];
  /** Default: there is none. */
  readonly recipe?: Recipe | null;
}

/** A learned model, where it comes from, and which of its components are merged into one output stream. Immutable. */
export class Grouping {
  readonly learned: NMFModel;
  readonly origin: Origin;
  readonly groupOf: readonly number[];
  readonly order: readonly number[];
  readonly recipe: Recipe | null;

  constructor(learned: NMFModel, origin: Origin, { groupOf, order, recipe = null }: Details = {}) {
    const components = Array.from({ length: learned.components }, (_, k) => k);
    this.learned = learned;
    this.origin = origin;
    this.groupOf = groupOf ?? components;
    this.order = order ?? (origin === 'taught' ? components : orderByPitch(learned));
    this.recipe = recipe;
  }

  /** The learned templates, assigned to the merged streams. Stream indices do not change, so some streams are empty. */
  get model(): NMFModel {
    if (!this.isGrouped) return this.learned;
    return this.learned.regroup(this.learned.componentOf.map((k) => this.groupOf[k]));
  }

  get isGrouped(): boolean {
    return this.groupOf.some((group, k) => group !== k);
  }

  /** The learned components that are merged into this one. */
  membersOf(component: number): number[] {
    return this.groupOf.flatMap((group, k) => (group === component ? [k] : []));
  }

  join(component: number, into: number): Grouping {
    return this.#regrouped((group) => (group === component ? into : group));
  }

  /** Undoes every merge into `component`. */
  split(component: number): Grouping {
    return this.#regrouped((group, k) => (group === component ? k : group));
  }

  /** The same model with other groups. Ignores a list that does not fit the model, as an edited link may hold one. */
  withGroups(groupOf: readonly number[]): Grouping {
    const fits = groupOf.length === this.groupOf.length && groupOf.every((group) => groupOf[group] === group);
    return fits ? this.#with(this.learned, groupOf) : this;
  }

  /** The same groups of a model that has followed what was heard, so that there is no recipe for it any more. */
  followedBy(model: NMFModel): Grouping {
    const { origin, groupOf, order } = this;
    return new Grouping(this.isGrouped ? model.regroup(this.learned.componentOf) : model, origin, { groupOf, order });
  }

  /** The same groups, of the model as this node would convert it. */
  convertedFor({ context, fftSize, window }: NMFSeparatorNode): Grouping {
    const { sampleRate } = context;
    const { learned } = this;
    const fits = learned.sampleRate === sampleRate && learned.fftSize === fftSize && learned.window === window;
    return fits ? this : this.#with(learned.convertTo({ sampleRate, fftSize, window }));
  }

  /** The same groups without the components from `count` on, for a node that has no streams for them. */
  limitedTo(count: number): Grouping {
    if (this.learned.components <= count) return this;
    const groupOf = this.groupOf.slice(0, count).map((group, k) => (group < count ? group : k));
    const order = this.order.filter((k) => k < count);
    return new Grouping(firstComponents(this.learned, count), this.origin, { groupOf, order });
  }

  #regrouped(change: (group: number, component: number) => number): Grouping {
    return this.#with(this.learned, this.groupOf.map(change));
  }

  #with(learned: NMFModel, groupOf = this.groupOf): Grouping {
    const { origin, order, recipe } = this;
    return new Grouping(learned, origin, { groupOf, order, recipe });
  }
}

/** The first components of a model, with their templates. */
function firstComponents(model: NMFModel, count: number): NMFModel {
  const { sampleRate, fftSize, hopSize, window, divergence, pitchShifts, maskExponent } = model;
  const bins = fftSize / 2 + 1;
  const kept = [...model.componentOf.keys()].filter((r) => model.componentOf[r] < count);
  const templates = new Float32Array(kept.length * bins);
  for (const [i, r] of kept.entries()) templates.set(model.templates.subarray(r * bins, (r + 1) * bins), i * bins);
  return new NMFModel({
    ...{ sampleRate, fftSize, hopSize, window, divergence, pitchShifts, maskExponent },
    components: count,
    labels: model.labels.slice(0, count),
    templates,
    componentOf: kept.map((r) => model.componentOf[r]),
  });
}
