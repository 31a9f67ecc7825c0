import { transfer } from 'comlink';
import { learnModel } from '../dsp/learning/learnModel.ts';
import { lossTable } from '../dsp/learning/lossTable.ts';
import { ClipFilter, type FilteredBlock } from '../dsp/live/ClipFilter.ts';
import type { DictionaryData } from '../dsp/live/Dictionary.ts';
import { binsOf } from '../dsp/live/frameShape.ts';
import { withPitchShifts } from '../dsp/live/pitchShifts.ts';
import type {
  FilterBlock,
  FilterSetup,
  LearnReply,
  LearnRequest,
  LiveSetup,
  Progress,
  Spectrogram,
  SuggestRequest,
} from '../protocol/protocol.ts';
import { LiveService } from './LiveService.ts';

/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 100;

/**
 * What a worker does, over Comlink. A node has one live worker, and another for as long as it learns, so that learning
 * never delays a frame and can be ended at any moment.
 */
export class WorkerService {
  #live: LiveService | null = null;
  #filter: ClipFilter | null = null;

  /** Resolves once the worker runs: the first sign that its script was allowed and has loaded. */
  ping(): void {}

  startLive(setup: LiveSetup): void {
    this.#live = new LiveService(setup);
  }

  addDictionary(version: number, dictionary: DictionaryData): void {
    this.#live?.addDictionary(version, dictionary);
  }

  streamFrames(streaming: boolean): void {
    this.#live?.streamFrames(streaming);
  }

  spectrogram(seconds?: number): Spectrogram {
    const spectrogram = this.#live!.spectrogram(seconds);
    return transfer(spectrogram, [spectrogram.magnitudes.buffer]);
  }

  learn(request: LearnRequest, onProgress: (progress: Progress) => void): LearnReply {
    let last = Number.NEGATIVE_INFINITY;
    const reply = learnModel(request, (progress) => {
      const now = performance.now();
      if (now - last < PROGRESS_INTERVAL && progress.iteration < progress.iterations) return;
      last = now;
      onProgress(progress);
    });
    const { dictionary, activations, loss } = reply;
    return transfer(reply, [
      dictionary.templates.buffer,
      dictionary.componentOf.buffer,
      activations.buffer,
      loss.buffer,
    ]);
  }

  /** A dictionary with the shifted copies of its templates: too much work for a page or an audio thread. */
  withPitchShifts(dictionary: DictionaryData, bins: number, semitones: number): DictionaryData {
    return withPitchShifts(dictionary, bins, semitones);
  }

  startFilter({ dictionary, pitchShifts, ...options }: FilterSetup): void {
    this.#filter = new ClipFilter({
      ...options,
      dictionary: withPitchShifts(dictionary, binsOf(options.shape), pitchShifts),
    });
  }

  /** What comes out of the next block of the clip, in the arrays that came with it, and these back. */
  filter({ input, output }: FilterBlock): FilteredBlock & Pick<FilterBlock, 'input'> {
    const filtered = { ...this.#filter!.push(input, output), input };
    const arrays = [filtered.activations, ...input, ...filtered.components.flat()];
    return transfer(
      filtered,
      arrays.map(({ buffer }) => buffer),
    );
  }

  /** The loss that 1, 2, … components leave. */
  lossTable(request: SuggestRequest): Float64Array {
    return lossTable(request);
  }
}
