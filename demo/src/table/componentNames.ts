import type { NMFModel } from 'nmf-separator-node';
import type { Grouping } from '../audio/Grouping.ts';
import { likenessOf } from './likeness.ts';
import { formatFrequency, pitchesOf } from './pitch.ts';

/** What the page calls a component, and where it sounds. */
export interface Description {
  readonly name: string;
  /** For example “around 180 Hz”; empty without templates */
  readonly pitch: string;
}

/**
 * A description of each component. Its name is what the user typed, or the model's label, or what is known of the clip, or
 * what the component is like, or its number. The name of a group joins the names of its members.
 *
 * @param order  components in the order of their rows, by which they are numbered
 * @param typed  names that the user typed
 * @param known  what the components are, where the clip is one that was measured
 */
export function describeComponents(
  grouping: Grouping | null,
  order: readonly number[],
  typed: readonly (string | null)[],
  known: readonly { readonly name: string }[] | null,
): Description[] {
  const likenesses = order.map((_, k) => (grouping ? likenessOf(grouping.learned, k) : null));
  // Two components that are like the same thing are told apart by their numbers.
  const unique = (word: string | null) => likenesses.filter((other) => other === word).length === 1;
  const own = order.map(
    (_, k) =>
      typed[k] ??
      (grouping && customLabelOf(grouping.learned, k)) ??
      capitalised(known?.[k]?.name ?? null) ??
      (unique(likenesses[k]) ? capitalised(likenesses[k]) : null) ??
      `Part ${order.indexOf(k) + 1}`,
  );
  const model = grouping?.model;
  const pitches = model ? pitchesOf(model) : [];
  return order.map((_, k) => {
    const members = grouping?.membersOf(k) ?? [];
    return {
      name: members.length > 1 ? members.map((member) => own[member]).join(' + ') : own[k],
      pitch: model?.componentOf.includes(k) ? `around ${formatFrequency(pitches[k])}` : '',
    };
  });
}

/** The label, or null if it is only the package's default, "Component n". */
function customLabelOf({ labels }: NMFModel, component: number): string | null {
  const label = labels[component];
  return label === undefined || label === `Component ${component + 1}` ? null : label;
}

function capitalised(word: string | null): string | null {
  return word && word.charAt(0).toUpperCase() + word.slice(1);
}
