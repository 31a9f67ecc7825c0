/** How a component is made audible. */
export interface ComponentSoundActions {
  make(component: number): Promise<AudioBuffer>;
  /** Resolves when playback has ended or the signal has stopped it. */
  play(buffer: AudioBuffer, signal: AbortSignal): Promise<void>;
  /** Told when a sound has come to its own end. */
  onEnded(component: number): void;
  onError(cause: unknown): void;
}

/** The sound of the component that is pointed at: one at a time. */
export class ComponentSound {
  readonly #actions: ComponentSoundActions;
  #playing = new AbortController();

  constructor(actions: ComponentSoundActions) {
    this.#actions = actions;
  }

  stop(): void {
    this.#playing.abort();
  }

  async play(component: number): Promise<void> {
    this.stop();
    this.#playing = new AbortController();
    const { signal } = this.#playing;
    try {
      const buffer = await this.#actions.make(component);
      if (!signal.aborted) await this.#actions.play(buffer, signal);
    } catch (cause) {
      if (!signal.aborted) this.#actions.onError(cause);
    }
    if (!signal.aborted) this.#actions.onEnded(component);
  }
}
