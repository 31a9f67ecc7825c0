import { CLIPS } from '../sources/clips.ts';
import { element } from './element.ts';

/** Names those whose music the page plays. */
export function showCredits(): void {
  element('credits', HTMLElement).textContent = CLIPS.map(({ title, credits }) => `${title}: ${credits}.`).join(' ');
}
