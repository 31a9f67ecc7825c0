import type { Sink } from './Recording.ts';
import { CHANNELS } from './recorderMessages.ts';

/** Keeps what is recorded in memory, for sounds of some seconds. */
export class SampleCollector implements Sink {
  readonly #chunks: Float32Array[][] = [];

  /** How many samples each channel has */
  get frames(): number {
    return this.#chunks.reduce((sum, [channel]) => sum + channel.length, 0);
  }

  write(channels: Float32Array[]): void {
    this.#chunks.push(channels);
  }

  /** The whole recording, one array for each channel */
  collect(): Float32Array[] {
    return Array.from({ length: CHANNELS }, (_, channel) => joined(this.#chunks.map((chunk) => chunk[channel])));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
