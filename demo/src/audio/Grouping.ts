import type { NMFModel } from 'nmf-separator-node';

/** Which components of a learned model sound together. Immutable. */
export class Grouping {
  readonly learned: NMFModel;
  /** For each learned component, the one in which it sounds. */
  readonly groupOf: readonly number[];

  /** @param groupOf  without it every component sounds for itself */
  constructor(learned: NMFModel, groupOf?: readonly number[]) {
    this.learned = learned;
    this.groupOf = groupOf ?? Array.from({ length: learned.components }, (_, k) => k);
  }

  /** The learned templates under the components in which they sound. Streams keep their places; some are left empty. */
  get model(): NMFModel {
    if (!this.isGrouped) return this.learned;
    return this.learned.regroup(this.learned.componentOf.map((k) => this.groupOf[k]));
  }

  get isGrouped(): boolean {
    return this.groupOf.some((group, k) => group !== k);
  }

  /** The learned components that sound in this one. */
  membersOf(component: number): number[] {
    return this.groupOf.flatMap((group, k) => (group === component ? [k] : []));
  }

  join(component: number, into: number): Grouping {
    return this.#regrouped((group) => (group === component ? into : group));
  }

  /** Every member of a group for itself again. */
  split(component: number): Grouping {
    return this.#regrouped((group, k) => (group === component ? k : group));
  }

  /** The same learned components in other groups, or as they are where the list does not fit. */
  withGroups(groupOf: readonly number[]): Grouping {
    const fits = groupOf.length === this.groupOf.length && groupOf.every((group) => groupOf[group] === group);
    return fits ? new Grouping(this.learned, groupOf) : this;
  }

  #regrouped(change: (group: number, component: number) => number): Grouping {
    return new Grouping(this.learned, this.groupOf.map(change));
  }
}
