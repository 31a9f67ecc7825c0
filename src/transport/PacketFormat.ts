import { MAXIMUM_TEMPLATES } from '../dsp/limits.ts';
import { layOut } from './layout.ts';

/** What a packet says of itself, by index into `header`. */
export const HEADER = { capacity: 0, firstSequence: 1, count: 2, load: 3, length: 4 } as const;

/** What a packet says of each of its frames, by index into that frame's part of `frames`. */
export const FRAME = { time: 0, version: 1, answers: 2, length: 3 } as const;

/** Frames of an ordinary packet: a few more than one, so that a worker catches up when packets were late to come back. */
const FRAMES_PER_PACKET = 4;

/**
 * One transferred buffer, seen as header, frames and values. It goes out with magnitudes and comes back with activations:
 * those of the newest frames, as many as have room, the newest first.
 */
export interface Packet {
  readonly buffer: ArrayBuffer;
  readonly header: Float64Array;
  readonly frames: Float64Array;
  readonly values: Float32Array;
}

/** How packets with room for so many frames are laid out. */
export class PacketFormat {
  readonly bytes: number;
  readonly #bins: number;
  readonly #capacity: number;
  readonly #places;

  constructor(bins: number, capacity = FRAMES_PER_PACKET) {
    this.#bins = bins;
    this.#capacity = capacity;
    const { places, bytes } = layOut({
      header: { length: HEADER.length, elementBytes: 8 },
      frames: { length: FRAME.length * capacity, elementBytes: 8 },
      // The activations of the largest dictionary have to fit on the way back.
      values: { length: Math.max(capacity * bins, MAXIMUM_TEMPLATES), elementBytes: 4 },
    });
    this.#places = places;
    this.bytes = bytes;
  }

  make(): Packet {
    const packet = this.open(new ArrayBuffer(this.bytes));
    packet.header[HEADER.capacity] = this.#capacity;
    return packet;
  }

  open(buffer: ArrayBuffer): Packet {
    const { header, frames, values } = this.#places;
    return {
      buffer,
      header: new Float64Array(buffer, header.offset, header.length),
      frames: new Float64Array(buffer, frames.offset, frames.length),
      values: new Float32Array(buffer, values.offset, values.length),
    };
  }

  /** The format of a packet that may be larger than those of this format: the header comes first in all of them. */
  formatOf(buffer: ArrayBuffer): PacketFormat {
    if (buffer.byteLength === this.bytes) return this;
    return new PacketFormat(this.#bins, new Float64Array(buffer, 0, HEADER.length)[HEADER.capacity]);
  }
}
