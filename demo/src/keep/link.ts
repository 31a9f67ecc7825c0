/** What a link contains besides the settings. */
export interface LinkedState {
  /** The id of a bundled clip */
  readonly clip: string | null;
  /** For each learned component, the index of the stream it is merged into. */
  readonly groups: readonly number[] | null;
}

const CLIP = 'clip';
const GROUPS = 'groups';

/** The URL fragment from which the same model can be learned again. */
export function linkOf(form: HTMLFormElement, { clip, groups }: LinkedState): string {
  const parameters = new URLSearchParams();
  if (clip) parameters.set(CLIP, clip);
  for (const [name, value] of new FormData(form)) parameters.set(name, String(value));
  if (groups) parameters.set(GROUPS, groups.join('.'));
  return `#${parameters}`;
}

/** Fills in the form from a link. Missing and invalid values become the defaults. */
export function followLink(hash: string, form: HTMLFormElement): LinkedState {
  const parameters = new URLSearchParams(hash.slice(1));
  form.reset();
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    const standard = field.value;
    field.value = parameters.get(field.name) ?? standard;
    // An unknown option leaves a <select> empty, and a number out of range fails the check.
    if (field.value === '' || !field.checkValidity()) field.value = standard;
  }
  const groups = parameters.get(GROUPS);
  return { clip: parameters.get(CLIP), groups: groups ? groups.split('.').map(Number) : null };
}
