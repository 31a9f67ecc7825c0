import type { NMFModel } from 'nmf-separator-node';

/** Which components of a learned model are merged into one output stream. Immutable. */
export class Grouping {
  readonly learned: NMFModel;
  /** For each learned component, the index of the stream it is merged into. */
  readonly groupOf: readonly number[];

  /** @param groupOf  default: no component is merged */
  constructor(learned: NMFModel, groupOf?: readonly number[]) {
    this.learned = learned;
    this.groupOf = groupOf ?? Array.from({ length: learned.components }, (_, k) => k);
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
    return fits ? new Grouping(this.learned, groupOf) : this;
  }

  #regrouped(change: (group: number, component: number) => number): Grouping {
    return new Grouping(this.learned, this.groupOf.map(change));
  }
}
