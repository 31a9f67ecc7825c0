import encodeWav from '@audio/encode-wav';
import type { Sink } from './Recording.ts';
import { CHANNELS } from './recorderMessages.ts';

/** 32-bit float, so that the file has exactly the recorded samples and does not clip above full scale. */
const BIT_DEPTH = 32;
/** Seconds that are encoded at a time: few enough not to hold up the page */
const PIECE_SECONDS = 1;
/** Bytes before the samples in the files that the encoder makes, and where two of its fields are. */
const HEADER = { bytes: 44, restOfFile: 4, restOfData: 40 };
/** What a header of 32-bit numbers can say at most; programs then read to the end of the file. */
const MOST_BYTES = 0xffffffff;

/** A WAV file that is encoded while it is written. Pieces are Blobs, which browsers can move from memory to disk. */
export class WavWriter implements Sink {
  readonly #sampleRate: number;
  readonly #pieces: Promise<Blob>[] = [];
  #chunks: Float32Array[][] = [];
  /** Samples in the chunks */
  #waiting = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  write(channels: Float32Array[]): void {
    this.#chunks.push(channels);
    this.#waiting += channels[0].length;
    if (this.#waiting >= PIECE_SECONDS * this.#sampleRate) this.#encode();
  }

  async finish(): Promise<Blob> {
    this.#encode();
    const pieces = await Promise.all(this.#pieces);
    const bytes = pieces.reduce((sum, { size }) => sum + size, 0);
    return new Blob([await this.#header(bytes), ...pieces], { type: 'audio/wav' });
  }

  #encode(): void {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#waiting = 0;
    this.#pieces.push(this.#fileOf(chunks).then((file) => new Blob([file.subarray(HEADER.bytes)])));
  }

  async #header(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const header = await this.#fileOf([Array.from({ length: CHANNELS }, () => new Float32Array(0))]);
    const fields = new DataView(header.buffer);
    fields.setUint32(HEADER.restOfFile, Math.min(bytes + HEADER.bytes - 8, MOST_BYTES), true);
    fields.setUint32(HEADER.restOfData, Math.min(bytes, MOST_BYTES), true);
    return header;
  }

  /** A whole WAV file */
  async #fileOf(chunks: readonly Float32Array[][]): Promise<Uint8Array<ArrayBuffer>> {
    const encoder = await encodeWav({ sampleRate: this.#sampleRate, bitDepth: BIT_DEPTH });
    for (const chunk of chunks) encoder.encode(chunk);
    const file = encoder.flush();
    encoder.free();
    return file as Uint8Array<ArrayBuffer>;
  }
}
