import { bufferOf } from './bufferOf.ts';
import type { MediaTrack } from './MediaTrack.ts';
import type { PlayableSource } from './PlayableSource.ts';
import { Resampler } from './Resampler.ts';
import { StreamedSource } from './StreamedSource.ts';
import type { SoundFile } from './soundFile.ts';
import { stereo } from './stereo.ts';

/** A recording that is decoded piece by piece, where it is needed. */
export class StreamedFile implements SoundFile {
  readonly name: string;
  readonly #track: MediaTrack;
  readonly #contextRate: number;

  /** @param contextRate  sample rate of excerpts */
  constructor(name: string, track: MediaTrack, contextRate: number) {
    this.name = name;
    this.#track = track;
    this.#contextRate = contextRate;
  }

  get seconds(): number {
    return this.#track.seconds;
  }

  get sampleRate(): number {
    return this.#track.sampleRate;
  }

  get channels(): number {
    return this.#track.channels;
  }

  source(context: AudioContext): PlayableSource {
    return new StreamedSource(this.name, this.#track, context);
  }

  async excerpt(from: number, to: number): Promise<AudioBuffer> {
    const whole = new Excerpt(Math.min(2, this.channels), to - from, this.#contextRate);
    const resamplers = whole.channels.map(() => new Resampler(this.sampleRate, this.#contextRate));
    for await (const block of this.#track.blocks(from, to)) {
      const mixed = stereo(block);
      whole.add(resamplers.map((resampler, c) => resampler.process(mixed[c])));
    }
    whole.add(resamplers.map((resampler) => resampler.flush()));
    return whole.buffer();
  }

  async original(from: number, to: number): Promise<AudioBuffer> {
    const whole = new Excerpt(this.channels, to - from, this.sampleRate);
    for await (const block of this.#track.blocks(from, to)) whole.add(block);
    return whole.buffer();
  }

  peaks(count: number, onProgress: (fraction: number) => void): Promise<Float32Array> {
    return this.#track.envelope(count, onProgress);
  }
}

/** Collects blocks of samples. What is missing at the end stays silent. */
class Excerpt {
  readonly channels: readonly Float32Array[];
  readonly #sampleRate: number;
  #filled = 0;

  constructor(channels: number, seconds: number, sampleRate: number) {
    const length = Math.round(seconds * sampleRate);
    this.channels = Array.from({ length: channels }, () => new Float32Array(length));
    this.#sampleRate = sampleRate;
  }

  add(block: readonly Float32Array[]): void {
    for (const [c, channel] of this.channels.entries()) {
      channel.set(block[c].subarray(0, channel.length - this.#filled), this.#filled);
    }
    this.#filled = Math.min(this.#filled + block[0].length, this.channels[0].length);
  }

  buffer(): AudioBuffer {
    return bufferOf(this.channels, this.#sampleRate);
  }
}
