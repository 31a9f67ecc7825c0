import type { NMFModel } from 'nmf-separator-node';

/** What a component is like, in a word, or null where its templates do not say. */
export function likenessOf(_model: NMFModel, _component: number): string | null {
  return null;
}
