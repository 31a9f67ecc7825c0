import { transfer } from 'comlink';
import { latencyOf, QUANTUM } from '../dsp/frameShape.ts';
import { frameCount } from '../dsp/stft.ts';
import type { NMFModel } from '../model.ts';
import { inWorker } from './inWorker.ts';
import type { Settings } from './options.ts';

/** Samples that travel to the worker and back at once: a song never exists twice. */
const BLOCK = 512 * QUANTUM;

export interface FilteredClip {
  readonly components: AudioBuffer[];
  /** frames × templates, row-major */
  readonly activations: Float32Array;
  readonly frames: number;
}

export interface FilterJobOptions {
  readonly signals: readonly AbortSignal[];
  onProgress(fraction: number): void;
}

/**
 * Filters a clip with a model in a worker, block by block. Main thread.
 *
 * @throws {AbortError} (as a rejection) when a signal aborts
 */
export function runFilterJob(
  clip: AudioBuffer,
  model: NMFModel,
  { shape, components, maskExponent, workerUrl }: Settings,
  { signals, onProgress }: FilterJobOptions,
): Promise<FilteredClip> {
  const { length, sampleRate, numberOfChannels } = clip;
  return inWorker(workerUrl, signals, async (worker) => {
    const { templates, componentOf, divergence } = model;
    const dictionary = { templates, componentOf, divergence };
    await worker.call((service) =>
      service.startFilter({ shape, components, channels: numberOfChannels, dictionary, maskExponent }),
    );
    const buffers = Array.from({ length: components }, () => new AudioBuffer({ length, numberOfChannels, sampleRate }));
    const frames = frameCount(length, shape.fftSize, shape.hopSize);
    const activations = new Float32Array(frames * componentOf.length);
    // The last frame ends half a frame after the clip, and the last sample leaves `latency` after it.
    const end = length + Math.max(latencyOf(shape), shape.fftSize / 2);
    let written = 0;
    let activated = 0;
    for (let start = 0; start < end; start += BLOCK) {
      const block = blockOf(clip, start, Math.min(BLOCK, wholeQuanta(end - start)));
      const filtered = await worker.call((service) =>
        service.filter(
          transfer(
            block,
            block.map(({ buffer }) => buffer),
          ),
        ),
      );
      filtered.components.forEach((streams, k) => {
        streams.forEach((samples, c) => {
          buffers[k].copyToChannel(samples.subarray(0, length - written), c, written);
        });
      });
      written = Math.min(length, written + filtered.components[0][0].length);
      const newest = filtered.activations.subarray(0, activations.length - activated);
      activations.set(newest, activated);
      activated += newest.length;
      onProgress(Math.min(1, (start + BLOCK) / end));
    }
    return { components: buffers, activations, frames };
  });
}

/** Every channel's next samples, zero after the clip. */
function blockOf(clip: AudioBuffer, start: number, length: number): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: clip.numberOfChannels }, (_, c) => {
    const samples = new Float32Array(length);
    if (start < clip.length) clip.copyFromChannel(samples, c, start);
    return samples;
  });
}

function wholeQuanta(samples: number): number {
  return QUANTUM * Math.ceil(samples / QUANTUM);
}
