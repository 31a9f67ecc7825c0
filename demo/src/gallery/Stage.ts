import type { NMFSeparatorNode } from 'nmf-separator-node';
import { made } from '../page/made.ts';
import { loadVisualizer, NotLoaded } from './loadVisualizer.ts';
import type { Part, Visualizer } from './visualizers.ts';

/** What the stage needs of the page. */
export interface StageSound {
  /** What leads to the loudspeakers, for visualizers that play the parts themselves */
  destination(): AudioNode;
  /** Told true while a visualizer plays the parts, so that the page silences its own mix. */
  onPlaysParts(playing: boolean): void;
}

/** Where a visualizer is shown. It gets an element of its own, which is thrown away with it. */
export class Stage {
  readonly element = made('div', { className: 'gallery-stage' });
  readonly #sound: StageSound;
  #end: (() => void) | null = null;
  #playsParts = false;
  /** How often something was shown or cleared. Only the latest remains, as packages take a while to load. */
  #turns = 0;

  constructor(sound: StageSound) {
    this.#sound = sound;
  }

  /** What can be recorded; null while nothing is drawn */
  get canvas(): HTMLCanvasElement | null {
    return this.#end ? this.element.querySelector('canvas') : null;
  }

  /** Resolves when the visualizer runs, or when a sentence on the stage says why it does not. */
  async show(visualizer: Visualizer, separator: NMFSeparatorNode, parts: readonly Part[]): Promise<void> {
    const { title, about } = visualizer;
    this.#empty();
    const turn = this.#turns;
    const place = made('div', { className: 'gallery-picture', role: 'img', ariaLabel: `${title}. ${about}` });
    this.element.prepend(place);
    try {
      const { show, playsParts = false } = await loadVisualizer(visualizer);
      if (turn !== this.#turns) return;
      this.#setPlaysParts(playsParts);
      const end = await show(place, separator, parts, this.#sound.destination());
      if (turn === this.#turns) this.#end = end;
      else end();
    } catch (cause) {
      if (turn === this.#turns) this.#showProblem(problemOf(title, cause));
    }
  }

  /** Ends what is shown. */
  clear(): void {
    this.#empty();
    this.#setPlaysParts(false);
  }

  /** Shows a sentence instead of a picture. */
  showSentence(text: string): void {
    this.clear();
    this.element.prepend(made('p', { className: 'gallery-sentence' }, text));
  }

  #showProblem(text: string): void {
    this.clear();
    this.element.prepend(made('p', { className: 'gallery-sentence', role: 'alert' }, text));
  }

  #empty(): void {
    this.#turns += 1;
    this.#end?.();
    this.#end = null;
    this.element.querySelector('.gallery-picture, .gallery-sentence')?.remove();
  }

  #setPlaysParts(playing: boolean): void {
    if (playing === this.#playsParts) return;
    this.#playsParts = playing;
    this.#sound.onPlaysParts(playing);
  }
}

/** Why a visualizer is not shown, as a sentence for the user */
function problemOf(title: string, cause: unknown): string {
  if (cause instanceof NotLoaded) return cause.message;
  return `${title} cannot be shown: ${cause instanceof Error ? cause.message : cause}`;
}
