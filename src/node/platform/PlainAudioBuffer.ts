import { checkInteger } from '../../parameters/checks.ts';

/** An AudioBuffer for Node, where none is built in: the same members, and samples that start as zero. */
export class PlainAudioBuffer implements AudioBuffer {
  readonly sampleRate: number;
  readonly length: number;
  readonly numberOfChannels: number;
  readonly #channels: readonly Float32Array<ArrayBuffer>[];

  constructor({ length, numberOfChannels = 1, sampleRate }: AudioBufferOptions) {
    this.sampleRate = sampleRate;
    this.length = length;
    this.numberOfChannels = numberOfChannels;
    this.#channels = Array.from({ length: numberOfChannels }, () => new Float32Array(length));
  }

  /** Seconds. */
  get duration(): number {
    return this.length / this.sampleRate;
  }

  /** The samples themselves, not a copy. */
  getChannelData(channel: number): Float32Array<ArrayBuffer> {
    checkInteger('channel', channel, 0, this.numberOfChannels - 1);
    return this.#channels[channel];
  }

  /** Copies as many samples as there are from `start` on, and as fit. */
  copyFromChannel(destination: Float32Array<ArrayBuffer>, channel: number, start = 0): void {
    destination.set(this.getChannelData(channel).subarray(start, start + destination.length));
  }

  /** Copies as many samples as fit from `start` on. */
  copyToChannel(source: Float32Array<ArrayBuffer>, channel: number, start = 0): void {
    const room = this.getChannelData(channel).subarray(start);
    room.set(source.subarray(0, room.length));
  }
}
