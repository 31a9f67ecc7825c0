import { Fade } from '../audio/Fade.ts';

/** Moves a sound to another place without a click: it fades out, jumps, and fades in. */
export class Seeking {
  readonly #fade: Fade;
  readonly #jump: (seconds: number) => Promise<void>;
  #wanted: number | null = null;
  #moving: Promise<void> | null = null;

  /** @param jump  resolves when the sound is about to play from there; called while it is silent */
  constructor(context: AudioContext, gain: AudioParam, jump: (seconds: number) => Promise<void>) {
    this.#fade = new Fade(context, gain, 1);
    this.#jump = jump;
  }

  /** Where the sound is about to play from; null when it is not being moved */
  get wanted(): number | null {
    return this.#wanted;
  }

  /** Of the wishes that come while the sound is being moved, only the last is followed. */
  to(seconds: number): Promise<void> {
    this.#wanted = seconds;
    this.#moving ??= this.#move().finally(() => {
      this.#moving = null;
      this.#wanted = null;
    });
    return this.#moving;
  }

  /** Also ends a move that is under way. */
  dispose(): void {
    this.#wanted = null;
    this.#fade.dispose();
  }

  async #move(): Promise<void> {
    while (this.#wanted !== null) {
      await this.#fade.to(0);
      // Disposed of meanwhile.
      if (this.#wanted === null) return;
      const target: number = this.#wanted;
      await this.#jump(target);
      if (this.#wanted !== target) continue;
      this.#wanted = null;
      await this.#fade.to(1);
    }
  }
}
