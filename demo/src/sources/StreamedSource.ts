import { keepRendering } from './keepRendering.ts';
import { LoopedTrack } from './LoopedTrack.ts';
import type { MediaTrack } from './MediaTrack.ts';
import type { PlayableSource } from './PlayableSource.ts';
import { Playback } from './Playback.ts';
import { Seeking } from './Seeking.ts';

/** A long recording, of which only some seconds are decoded at once. */
export class StreamedSource implements PlayableSource {
  readonly title: string;
  readonly node: GainNode;
  readonly feedsBack = false;
  readonly ended: Promise<void>;
  readonly #track: MediaTrack;
  readonly #seeking: Seeking;
  readonly #fail: (cause: unknown) => void;
  #playback: Playback;

  constructor(title: string, track: MediaTrack, context: AudioContext) {
    this.title = title;
    this.#track = track;
    const { promise, reject } = Promise.withResolvers<void>();
    this.ended = promise;
    // Reported to whoever awaits it; not also as an unhandled rejection.
    promise.catch(() => {});
    this.#fail = (cause) => reject(new Error(`${title} can no longer be read. Choose the file again.`, { cause }));
    this.node = new GainNode(context);
    keepRendering(this.node);
    this.#seeking = new Seeking(context, this.node.gain, (seconds) => {
      this.#playback.stop();
      this.#playback = this.#playbackFrom(seconds);
      return this.#playback.start();
    });
    this.#playback = this.#playbackFrom(0);
    void this.#playback.start();
  }

  get seconds(): number {
    return this.#track.seconds;
  }

  get position(): number {
    return Math.min(this.#seeking.wanted ?? this.#playback.position ?? 0, this.seconds);
  }

  seek(seconds: number): Promise<void> {
    return this.#seeking.to(seconds);
  }

  stop(): void {
    this.#playback.stop();
    this.#seeking.dispose();
  }

  #playbackFrom(seconds: number): Playback {
    const track = new LoopedTrack(this.#track, seconds, this.node.context.sampleRate);
    return new Playback(track, this.node, this.#fail);
  }
}
