import { showError } from '../page/messages.ts';

export interface SoundActions {
  /** Resolves when playback has ended or the signal has stopped it. */
  play(signal: AbortSignal): Promise<void>;
  save(): Promise<void>;
}

/** A play button and a save button for one sound. */
export class SoundButtons {
  readonly #play: HTMLButtonElement;
  readonly #save: HTMLButtonElement;
  readonly #what: string;
  #playing: AbortController | null = null;

  /** @param what  the kind of sound, shown on the button */
  constructor(parent: HTMLElement, what: string, { play, save }: SoundActions) {
    this.#what = what;
    this.#play = document.createElement('button');
    this.#play.className = 'listen';
    this.#play.textContent = what;
    this.#play.setAttribute('aria-pressed', 'false');
    this.#play.addEventListener('click', () => (this.#playing ? this.#playing.abort() : this.#during(play)));
    this.#save = document.createElement('button');
    this.#save.className = 'save';
    this.#save.addEventListener('click', () => save().catch(showError));
    for (const button of [this.#play, this.#save]) button.type = 'button';
    parent.append(this.#play, this.#save);
  }

  /** @param component  the component's name */
  describe(component: string): void {
    this.#play.title = `Play ${component}: ${this.#what.toLowerCase()}`;
    this.#save.title = `Download ${component}: ${this.#what.toLowerCase()}, as WAV`;
    this.#play.setAttribute('aria-label', this.#play.title);
    this.#save.setAttribute('aria-label', this.#save.title);
  }

  async #during(play: SoundActions['play']): Promise<void> {
    this.#playing = new AbortController();
    this.#play.setAttribute('aria-pressed', 'true');
    await play(this.#playing.signal).catch(showError);
    this.#play.setAttribute('aria-pressed', 'false');
    this.#playing = null;
  }
}
