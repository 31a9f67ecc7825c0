import { type NMFModel, separate } from 'nmf-separator-node';
import type { Settings } from '../page/settings.ts';
import { SCRIPTS } from './scripts.ts';

/** The components of a recording as `separate` filters them: when first asked for, and again with another model. */
export class FilteredClip {
  #clip: AudioBuffer | null = null;
  #model: NMFModel | null = null;
  #components: Promise<AudioBuffer[]> = Promise.resolve([]);

  /** @returns one buffer a component, which together are the clip */
  of(clip: AudioBuffer, model: NMFModel, { components, latencyHint }: Settings): Promise<AudioBuffer[]> {
    if (clip !== this.#clip || model !== this.#model) {
      this.#clip = clip;
      this.#model = model;
      this.#components = separate(clip, { model, components, latencyHint, ...SCRIPTS }).then(
        (separation) => separation.components,
      );
      // What failed is tried again the next time.
      this.#components.catch(() => {
        this.#clip = null;
      });
    }
    return this.#components;
  }
}
