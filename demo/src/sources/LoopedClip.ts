import { keepRendering } from './keepRendering.ts';
import type { PlayableSource } from './PlayableSource.ts';
import { Seeking } from './Seeking.ts';

/** A clip that is wholly in memory, in a loop. */
export class LoopedClip implements PlayableSource {
  readonly title: string;
  readonly node: GainNode;
  readonly #clip: AudioBuffer;
  readonly feedsBack = false;
  readonly #seeking: Seeking;
  #player!: AudioBufferSourceNode;
  /** Time of the context at which the start of the clip was, or would have been, heard */
  #began = 0;

  constructor(title: string, clip: AudioBuffer, context: AudioContext) {
    this.title = title;
    this.#clip = clip;
    this.node = new GainNode(context);
    keepRendering(this.node);
    this.#seeking = new Seeking(context, this.node.gain, async (seconds) => {
      this.#player.stop();
      this.#start(seconds);
    });
    this.#start(0);
  }

  get seconds(): number {
    return this.#clip.duration;
  }

  get position(): number {
    return this.#seeking.wanted ?? (this.node.context.currentTime - this.#began) % this.seconds;
  }

  seek(seconds: number): Promise<void> {
    return this.#seeking.to(seconds);
  }

  stop(): void {
    this.#player.stop();
    this.#seeking.dispose();
  }

  #start(seconds: number): void {
    const { context } = this.node;
    this.#player = new AudioBufferSourceNode(context, { buffer: this.#clip, loop: true });
    this.#player.connect(this.node);
    this.#player.start(0, seconds);
    this.#began = context.currentTime - seconds;
  }
}
