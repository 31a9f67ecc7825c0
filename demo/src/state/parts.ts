import type { Grouping } from '../audio/Grouping.ts';
import type { Fader, MixSettings } from '../audio/Mixer.ts';
import { colourOf } from '../pictures/colours.ts';
import type { ClipPart } from '../sources/clips.ts';
import { type Description, describeComponents } from '../table/componentNames.ts';
import type { PageState } from './PageState.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** A component as the page shows it: every row, button and picture is of one of these. */
export interface Part extends Description {
  readonly component: number;
  readonly colour: string;
  readonly fader: Fader;
  /** Whether several learned components are merged into it. */
  readonly merged: boolean;
  /** Whether it has templates, so that it can sound. */
  readonly learned: boolean;
}

/** The components that have a stream of their own, in the order of their rows. */
export function partsOf(state: PageState): Part[] {
  const { settings, grouping, names, faders } = state;
  const order = orderOf(grouping, settings.components);
  const descriptions = describe(grouping, order, names, knownPartsOf(state));
  const templates = grouping?.model.componentOf;
  return order
    .filter((k) => (grouping?.groupOf[k] ?? k) === k)
    .map((k) => ({
      component: k,
      ...descriptions[k],
      colour: colourOf(k),
      fader: faders[k],
      merged: (grouping?.membersOf(k).length ?? 1) > 1,
      learned: templates?.includes(k) ?? false,
    }));
}

/** The mix as it is heard: what is merged into another part has no solo of its own. */
export function mixOf(state: PageState): MixSettings {
  const { groupOf } = state.grouping ?? {};
  const isPart = (k: number) => (groupOf?.[k] ?? k) === k;
  const faders = state.faders.map((fader, k) => (isPart(k) ? fader : { ...fader, soloed: false }));
  const { spotlight, bypassed, silenced } = state;
  return { faders, spotlight, bypassed, silenced };
}

/** What the parts of a bundled clip are, if it was learned as it was when their figures were measured; otherwise null */
export function knownPartsOf({ sound, grouping }: PageState): readonly ClipPart[] | null {
  const recipe = grouping?.recipe;
  if (!recipe) return null;
  const { clip } = recipe;
  // After a reload nothing plays yet.
  if (sound && sound.clip !== clip) return null;
  const standard = { ...DEFAULT_SETTINGS, components: clip.parts.length };
  return JSON.stringify(recipe.settings) === JSON.stringify(standard) ? clip.parts : null;
}

/** The order of the model's components, then those that it does not have. */
function orderOf(grouping: Grouping | null, components: number): number[] {
  const known = grouping?.order.filter((k) => k < components) ?? [];
  return [...known, ...Array.from({ length: components }, (_, k) => k).filter((k) => !known.includes(k))];
}

let described: { arguments: unknown[]; descriptions: Description[] } | null = null;

/** Remembers the newest result: describing takes a look at all templates, and faders move far more often than names change. */
function describe(...[grouping, order, names, known]: Parameters<typeof describeComponents>): Description[] {
  const given = [grouping, order.join(), names, known];
  if (!described?.arguments.every((value, i) => value === given[i])) {
    described = { arguments: given, descriptions: describeComponents(grouping, order, names, known) };
  }
  return described.descriptions;
}
