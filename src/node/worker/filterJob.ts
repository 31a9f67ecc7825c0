import { transfer } from 'comlink';
import type { FilteredBlock } from '../../dsp/live/ClipFilter.ts';
import { BLOCK, type LiveLayout, latencyOf } from '../../dsp/live/LiveLayout.ts';
import { frameCount } from '../../dsp/transform/StftLayout.ts';
import type { NMFModel } from '../../model/NMFModel.ts';
import type { FilterBlock } from '../../protocol/worker.ts';
import type { AnyAudioBuffer } from '../clips/plainClip.ts';
import type { Settings } from '../options/resolveOptions.ts';
import { makeAudioBuffer } from '../platform/browser.ts';
import { inWorker } from './inWorker.ts';

/** Samples that travel to the worker and back at once, in the same arrays: a song never exists twice. */
const TRANSFER = 512 * BLOCK;

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
  clip: AnyAudioBuffer,
  model: NMFModel,
  settings: Settings,
  { signals, onProgress }: FilterJobOptions,
): Promise<FilteredClip> {
  const { layout, components, workerUrl } = settings;
  return inWorker(workerUrl, signals, async (worker) => {
    const { dictionary, pitchShifts } = model;
    const maskExponent = settings.maskExponent === 'model' ? model.maskExponent : settings.maskExponent;
    const channels = clip.numberOfChannels;
    const { adaptation, sampleRate } = settings;
    const setup = { layout, sampleRate, components, channels, dictionary, pitchShifts, maskExponent, adaptation };
    await worker.call((service) => service.startFilter(setup));
    // Asked for once, since node-web-audio-api copies them every time.
    const samples = Array.from({ length: channels }, (_, c) => clip.getChannelData(c));
    const { length } = samples[0];
    const format = { length, numberOfChannels: channels, sampleRate: clip.sampleRate };
    const collector = new BlockCollector(
      () => makeAudioBuffer(format, clip),
      length,
      components,
      dictionary.componentOf.length,
      layout,
    );
    // The last frame ends half a frame after the clip, and the last sample leaves `latency` after it.
    const end = length + Math.max(latencyOf(layout), layout.fftSize / 2);
    let block: FilterBlock = {
      input: emptyArrays(channels),
      output: Array.from({ length: components }, () => emptyArrays(channels)),
    };
    for (let start = 0; start < end; start += TRANSFER) {
      const { input, output } = block;
      fill(input, samples, start);
      const buffers = [...input, ...output.flat()].map(({ buffer }) => buffer);
      const filtered = await worker.call((service) => service.filter(transfer({ input, output }, buffers)));
      collector.add(filtered);
      block = { input: filtered.input, output: filtered.components.map((streams) => streams.map(wholeArray)) };
      onProgress(Math.min(1, (start + TRANSFER) / end));
    }
    return collector.filtered;
  });
}

/** Puts the blocks together, and leaves out what is beyond the clip. */
class BlockCollector {
  readonly filtered: FilteredClip;
  /** Samples of every component so far. */
  #written = 0;
  /** Activations so far. */
  #activated = 0;

  constructor(make: () => AudioBuffer, length: number, components: number, templates: number, layout: LiveLayout) {
    const frames = frameCount(length, layout);
    this.filtered = {
      components: Array.from({ length: components }, make),
      activations: new Float32Array(frames * templates),
      frames,
    };
  }

  add({ components, activations }: FilteredBlock): void {
    const all = this.filtered;
    const added = Math.min(all.components[0].length - this.#written, components[0][0].length);
    if (added > 0) {
      components.forEach((streams, k) => {
        streams.forEach((samples, c) => {
          all.components[k].copyToChannel(samples.subarray(0, added), c, this.#written);
        });
      });
    }
    this.#written += added;
    const newest = activations.subarray(0, all.activations.length - this.#activated);
    all.activations.set(newest, this.#activated);
    this.#activated += newest.length;
  }
}

/** Writes the clip's next samples, zero after its end. */
function fill(input: FilterBlock['input'], clip: readonly Float32Array[], start: number): void {
  input.forEach((samples, c) => {
    samples.fill(0);
    samples.set(clip[c].subarray(start, start + samples.length));
  });
}

function emptyArrays(channels: number): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: channels }, () => new Float32Array(TRANSFER));
}

/** The first block comes back as views that leave the latency out. */
function wholeArray({ buffer }: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return new Float32Array(buffer);
}
