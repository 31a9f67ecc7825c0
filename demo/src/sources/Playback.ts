import { fadeIn } from './fadeIn.ts';
import type { LoopedTrack, Piece } from './LoopedTrack.ts';

/** Seconds that are decoded and scheduled ahead: more than a browser lets a page in the background wait. */
const AHEAD = 4;
/** Seconds a piece is scheduled ahead at least: it must not reach the audio thread after its start. */
const LEAD = 0.1;

/** Plays the pieces of a track one after the other, each exactly where the one before it ends. */
export class Playback {
  readonly #track: LoopedTrack;
  readonly #output: AudioNode;
  readonly #onError: (cause: unknown) => void;
  readonly #players = new Set<AudioBufferSourceNode>();
  /** The newest times of the context for which the position is known */
  #known: { readonly time: number; readonly position: number }[] = [];
  /** Index of the first sample of the context that no piece has been scheduled for */
  #next = 0;
  #filling = false;
  #stopped = false;

  constructor(track: LoopedTrack, output: AudioNode, onError: (cause: unknown) => void) {
    this.#track = track;
    this.#output = output;
    this.#onError = onError;
  }

  /** Resolves when the first piece is scheduled, or cannot be read. */
  async start(): Promise<void> {
    await this.#scheduleNext().catch(this.#onError);
    void this.#fill();
  }

  stop(): void {
    this.#stopped = true;
    this.#track.close();
    for (const player of this.#players) {
      player.stop();
      player.disconnect();
    }
    this.#players.clear();
  }

  /** Seconds from the start of the recording; null before the first piece is scheduled */
  get position(): number | null {
    const now = this.#output.context.currentTime;
    const last = this.#known.findLast(({ time }) => time <= now) ?? this.#known[0];
    return last ? last.position + Math.max(0, now - last.time) : null;
  }

  async #fill(): Promise<void> {
    const { context } = this.#output;
    if (this.#filling) return;
    this.#filling = true;
    try {
      while (!this.#stopped && this.#next < (context.currentTime + AHEAD) * context.sampleRate) {
        await this.#scheduleNext();
      }
    } catch (cause) {
      this.#onError(cause);
    }
    this.#filling = false;
  }

  async #scheduleNext(): Promise<void> {
    const piece = await this.#track.next();
    if (!this.#stopped) this.#schedule(piece);
  }

  #schedule({ buffer, marks }: Piece): void {
    const { context } = this.#output;
    const { currentTime, sampleRate } = context;
    const start = Math.max(this.#next, Math.ceil((currentTime + LEAD) * sampleRate));
    // After silence: for the first piece, and when decoding has fallen behind.
    if (start > this.#next) fadeIn(buffer);
    this.#next = start + buffer.length;
    this.#known = this.#known.slice(
      Math.max(
        0,
        this.#known.findLastIndex(({ time }) => time <= currentTime),
      ),
    );
    this.#known.push(...marks.map(({ frame, position }) => ({ time: (start + frame) / sampleRate, position })));
    const player = new AudioBufferSourceNode(context, { buffer });
    player.connect(this.#output);
    player.addEventListener('ended', () => {
      player.disconnect();
      this.#players.delete(player);
      void this.#fill();
    });
    player.start(start / sampleRate);
    this.#players.add(player);
  }
}
