/** What a link says beside the settings. */
export interface LinkedState {
  /** Of a bundled clip. */
  readonly clip: string | null;
  /** For each learned component, the one in which it sounds. */
  readonly groups: readonly number[] | null;
}

const CLIP = 'clip';
const GROUPS = 'groups';

/** Everything that makes the same model again, as the part of an address after `#`. */
export function linkOf(form: HTMLFormElement, { clip, groups }: LinkedState): string {
  const parameters = new URLSearchParams();
  if (clip) parameters.set(CLIP, clip);
  for (const [name, value] of new FormData(form)) parameters.set(name, String(value));
  if (groups) parameters.set(GROUPS, groups.join('.'));
  return `#${parameters}`;
}

/** Fills in the form from a link. What is missing or makes no sense stays at its default. */
export function followLink(hash: string, form: HTMLFormElement): LinkedState {
  const parameters = new URLSearchParams(hash.slice(1));
  form.reset();
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    const standard = field.value;
    field.value = parameters.get(field.name) ?? standard;
    // A select without that option has no value; a number out of range is not valid.
    if (field.value === '' || !field.checkValidity()) field.value = standard;
  }
  const groups = parameters.get(GROUPS);
  return { clip: parameters.get(CLIP), groups: groups ? groups.split('.').map(Number) : null };
}
