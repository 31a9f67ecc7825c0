import { bufferOf } from './bufferOf.ts';
import type { MediaTrack } from './MediaTrack.ts';
import { joined, Resampler } from './Resampler.ts';
import { stereo } from './stereo.ts';

/** Seconds a piece lasts at least. */
const PIECE = 1;

/** Where in the recording a sample of a piece lies. */
export interface Mark {
  /** Samples from the start of the piece; not whole where the recording starts again between two of them */
  readonly frame: number;
  /** Seconds from the start of the recording */
  readonly position: number;
}

export interface Piece {
  readonly buffer: AudioBuffer;
  /** For the start of the piece, and for each start of the recording inside it */
  readonly marks: readonly Mark[];
}

/**
 * The sound of a track from a place on, over and over, at another sample rate, in pieces that join without a seam. Also
 * where it starts again: all rounds are resampled as one sound.
 */
export class LoopedTrack {
  readonly #track: MediaTrack;
  readonly #sampleRate: number;
  readonly #resamplers: readonly Resampler[];
  #blocks: ReturnType<MediaTrack['blocks']>;
  /** Samples of the track that were read, and samples of pieces that were made */
  #read = 0;
  #made = 0;
  /** Starts of rounds, `frame` counted from the first piece; the first of them lies before the next piece. */
  #rounds: Mark[];

  constructor(track: MediaTrack, from: number, sampleRate: number) {
    this.#track = track;
    this.#sampleRate = sampleRate;
    this.#resamplers = Array.from(
      { length: Math.min(2, track.channels) },
      () => new Resampler(track.sampleRate, sampleRate),
    );
    this.#blocks = track.blocks(from, track.seconds);
    this.#rounds = [{ frame: 0, position: from }];
  }

  async next(): Promise<Piece> {
    const blocks: Float32Array[][] = [];
    for (let frames = 0; frames < PIECE * this.#sampleRate; frames += blocks.at(-1)![0].length) {
      const block = stereo(await this.#nextBlock());
      blocks.push(this.#resamplers.map((resampler, c) => resampler.process(block[c])));
    }
    const channels = this.#resamplers.map((_, c) => joined(...blocks.map((block) => block[c])));
    return { buffer: bufferOf(channels, this.#sampleRate), marks: this.#marksOf(channels[0].length) };
  }

  /** Ends decoding. */
  close(): void {
    void this.#blocks.return();
  }

  async #nextBlock(): Promise<readonly Float32Array[]> {
    let { value } = await this.#blocks.next();
    if (!value) {
      this.#rounds.push({ frame: (this.#read * this.#sampleRate) / this.#track.sampleRate, position: 0 });
      this.#blocks = this.#track.blocks(0, this.#track.seconds);
      ({ value } = await this.#blocks.next());
    }
    if (!value) throw new Error('The sound has no samples.');
    this.#read += value[0].length;
    return value;
  }

  #marksOf(frames: number): Mark[] {
    const start = this.#made;
    this.#made += frames;
    const inside = this.#rounds.filter(({ frame }) => frame > start && frame < this.#made);
    const before = this.#rounds.findLast(({ frame }) => frame <= start)!;
    const position = before.position + (start - before.frame) / this.#sampleRate;
    this.#rounds = this.#rounds.filter((round) => round.frame >= before.frame);
    return [
      { frame: 0, position },
      ...inside.map((round) => ({ frame: round.frame - start, position: round.position })),
    ];
  }
}
