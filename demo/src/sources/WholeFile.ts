import { bufferOf } from './bufferOf.ts';
import { LoopedClip } from './LoopedClip.ts';
import { largestOf } from './largestOf.ts';
import type { PlayableSource } from './PlayableSource.ts';
import type { SoundFile } from './soundFile.ts';
import { stereo } from './stereo.ts';

/** A recording that is wholly in memory. */
export class WholeFile implements SoundFile {
  readonly name: string;
  readonly sampleRate: number;
  readonly #buffer: AudioBuffer;
  readonly #readAt: (sampleRate: number) => Promise<AudioBuffer>;

  /**
   * @param sampleRate  of the file, from which the buffer may have been resampled
   * @param readAt  decodes the file once more, at a sample rate
   */
  constructor(
    name: string,
    buffer: AudioBuffer,
    sampleRate: number,
    readAt: (sampleRate: number) => Promise<AudioBuffer>,
  ) {
    this.name = name;
    this.sampleRate = sampleRate;
    this.#buffer = buffer;
    this.#readAt = readAt;
  }

  get seconds(): number {
    return this.#buffer.duration;
  }

  get channels(): number {
    return this.#buffer.numberOfChannels;
  }

  source(context: AudioContext): PlayableSource {
    return new LoopedClip(this.name, this.#buffer, context);
  }

  async excerpt(from: number, to: number): Promise<AudioBuffer> {
    return bufferOf(stereo(channelsOf(this.#buffer, from, to)), this.#buffer.sampleRate);
  }

  async original(from: number, to: number): Promise<AudioBuffer> {
    const original = this.sampleRate === this.#buffer.sampleRate ? this.#buffer : await this.#readAt(this.sampleRate);
    return bufferOf(channelsOf(original, from, to), this.sampleRate);
  }

  async peaks(count: number, onProgress: (fraction: number) => void): Promise<Float32Array> {
    const channels = channelsOf(this.#buffer, 0, this.seconds);
    const frames = channels[0].length;
    const peaks = Float32Array.from({ length: count }, (_, i) => {
      const [from, to] = [i, i + 1].map((place) => Math.floor((place * frames) / count));
      return Math.max(...channels.map((samples) => largestOf(samples.subarray(from, to))));
    });
    onProgress(1);
    return peaks;
  }
}

function channelsOf(buffer: AudioBuffer, from: number, to: number): Float32Array[] {
  const [start, end] = [from, to].map((seconds) => Math.round(seconds * buffer.sampleRate));
  return Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c).subarray(start, end));
}
