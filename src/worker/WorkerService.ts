import { transfer } from 'comlink';
import type { Spectrogram } from '../dsp/learning/clips.ts';
import type { LearnRequest } from '../dsp/learning/LearnRequest.ts';
import { type LearnReply, learnModel } from '../dsp/learning/learnModel.ts';
import { type LossTableRequest, lossTable } from '../dsp/learning/lossTable.ts';
import { ClipFilter } from '../dsp/live/ClipFilter.ts';
import { withPitchShifts } from '../dsp/live/pitchShifts.ts';
import { binsOf } from '../dsp/transform/StftLayout.ts';
import type { FilterBlock, FilterSetup, LiveModel, LiveSetup, WorkerApi } from '../protocol/worker.ts';
import { LiveService } from './LiveService.ts';

/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 100;

/** Worker thread: doors to the live service and to the core. */
export class WorkerService implements WorkerApi {
  #live: LiveService | null = null;
  #filter: ClipFilter | null = null;

  ping(): void {}

  holdLock(name: string): Promise<boolean> {
    return new Promise((resolve) => {
      const hold = () => {
        resolve(true);
        return new Promise(() => {});
      };
      // There are none in Node 20, and none that work on pages without an origin.
      const locks = globalThis.navigator?.locks;
      if (!locks) return resolve(false);
      locks.request(name, hold).catch(() => resolve(false));
    });
  }

  startLive(setup: LiveSetup): void {
    this.#live = new LiveService(setup);
  }

  setModel(model: LiveModel): Promise<void> {
    return this.#live!.setModel(model);
  }

  streamFrames(streaming: boolean): void {
    this.#live!.streamFrames(streaming);
  }

  spectrogram(seconds?: number): Spectrogram {
    const spectrogram = this.#live!.spectrogram(seconds);
    return transfer(spectrogram, [spectrogram.magnitudes.buffer]);
  }

  learn(request: LearnRequest, port: MessagePort): LearnReply {
    let last = Number.NEGATIVE_INFINITY;
    const reply = learnModel(request, (progress) => {
      const now = performance.now();
      if (now - last < PROGRESS_INTERVAL && progress.iteration < progress.iterations) return;
      last = now;
      port.postMessage(progress);
    });
    const { dictionary, activations, loss } = reply;
    const arrays = [dictionary.templates, dictionary.componentOf, activations, loss];
    return transfer(
      reply,
      arrays.map(({ buffer }) => buffer),
    );
  }

  lossTable(request: LossTableRequest): Float64Array {
    return lossTable(request);
  }

  startFilter({ dictionary, pitchShifts, ...options }: FilterSetup): void {
    this.#filter = new ClipFilter({
      ...options,
      dictionary: withPitchShifts(dictionary, binsOf(options.layout), pitchShifts),
    });
  }

  filter({ input, output }: FilterBlock) {
    const filtered = { ...this.#filter!.push(input, output), input };
    const arrays = [filtered.activations, ...input, ...filtered.components.flat()];
    return transfer(
      filtered,
      arrays.map(({ buffer }) => buffer),
    );
  }
}
