import { type NMFModel, separate } from 'nmf-separator-node';
import { nodeOptionsOf, type Settings } from '../state/settings.ts';
import { SCRIPTS } from './scripts.ts';

/** The components of a clip as `separate` computes them. Caches the last result: filtering takes seconds. */
export class FilteredClip {
  #clip: AudioBuffer | null = null;
  #model: NMFModel | null = null;
  #components: Promise<AudioBuffer[]> = Promise.resolve([]);

  /** @returns one buffer for each component; they add up to the clip */
  of(clip: AudioBuffer, model: NMFModel, settings: Settings): Promise<AudioBuffer[]> {
    if (clip !== this.#clip || model !== this.#model) {
      this.#clip = clip;
      this.#model = model;
      this.#components = separate(clip, { ...nodeOptionsOf(settings), model, ...SCRIPTS }).then(
        (separation) => separation.components,
      );
      // Do not cache a failure.
      this.#components.catch(() => {
        this.#clip = null;
      });
    }
    return this.#components;
  }
}
