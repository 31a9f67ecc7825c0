import { transfer } from 'comlink';
import type { Spectrogram } from '../dsp/learning/clips.ts';
import type { LearnRequest } from '../dsp/learning/LearnRequest.ts';
import { type LearnReply, learnInParts } from '../dsp/learning/learnModel.ts';
import type { Progress } from '../dsp/learning/progress.ts';
import type { Factors } from '../dsp/learning/solvers/Learner.ts';
import { type Suggestion, suggest } from '../dsp/learning/suggest.ts';
import { type Pooling, type PoolTask, runPoolStart } from '../dsp/learning/timbre/templatePool.ts';
import { Adaptation, type AdaptationOptions } from '../dsp/live/Adaptation.ts';
import { ClipFilter } from '../dsp/live/ClipFilter.ts';
import { withPitchShifts } from '../dsp/live/pitchShifts.ts';
import { binsOf } from '../dsp/transform/StftLayout.ts';
import type {
  FilterBlock,
  FilterSetup,
  LearnStep,
  LiveModel,
  LiveSetup,
  PoolProgress,
  WorkerApi,
} from '../protocol/worker.ts';
import { LiveService } from './LiveService.ts';

/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 100;

/** Worker thread: doors to the live services, one a node, and to the core. */
export class WorkerService implements WorkerApi {
  readonly #nodes = new Map<number, LiveService>();
  #filter: ClipFilter | null = null;
  #learning: Pooling<LearnReply> | null = null;

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

  startLive(node: number, setup: LiveSetup): void {
    this.#nodes.set(node, new LiveService(setup));
  }

  endLive(node: number): void {
    this.#nodes.get(node)?.release();
    this.#nodes.delete(node);
  }

  setModel(node: number, model: LiveModel): Promise<void> {
    return this.#live(node).setModel(model);
  }

  adapt(node: number, adaptation: AdaptationOptions | null): void {
    this.#live(node).adapt(adaptation);
  }

  streamFrames(node: number, streaming: boolean): void {
    this.#live(node).streamFrames(streaming);
  }

  spectrogram(node: number, seconds?: number): Spectrogram {
    const spectrogram = this.#live(node).spectrogram(seconds);
    return transfer(spectrogram, [spectrogram.magnitudes.buffer]);
  }

  async listen(node: number, id: number, seconds: number): Promise<Spectrogram> {
    const spectrogram = await this.#live(node).listen(id, seconds);
    return transfer(spectrogram, [spectrogram.magnitudes.buffer]);
  }

  stopListening(node: number, id: number): void {
    this.#live(node).stopListening(id);
  }

  learn(request: LearnRequest, port: MessagePort): LearnStep {
    const report = nowAndThen<Progress>(port);
    this.#learning = learnInParts(request, (progress) => report(progress, progress.iteration === progress.iterations));
    return learnStep(this.#learning.next());
  }

  resumeLearning(starts: readonly Factors[]): LearnStep {
    return learnStep(this.#learning!.next(starts));
  }

  learnStarts(task: PoolTask, starts: readonly number[], port: MessagePort): Factors[] {
    const report = nowAndThen<PoolProgress>(port);
    let done = 0;
    const learned = starts.map((start) => runPoolStart(task, start, (loss) => report({ done: ++done, loss })));
    return transfer(
      learned,
      learned.flatMap(({ templates, activations }) => [templates.buffer, activations.buffer]),
    );
  }

  suggest(request: LearnRequest): Suggestion {
    return suggest(request);
  }

  startFilter({ dictionary: data, pitchShifts, adaptation, sampleRate, ...options }: FilterSetup): void {
    const { layout } = options;
    const dictionary = withPitchShifts(data, binsOf(layout), pitchShifts);
    this.#filter = new ClipFilter({
      ...options,
      dictionary,
      adaptation: adaptation && new Adaptation(dictionary, { ...layout, sampleRate }, adaptation),
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

  /** @throws where the node has left meanwhile; nobody waits for the answer any more */
  #live(node: number): LiveService {
    const live = this.#nodes.get(node);
    if (!live) throw new Error(`Node ${node} is not served here.`);
    return live;
  }
}

/** Sends what it is told, but not more often than is useful, unless it must be known. */
function nowAndThen<Message>(port: MessagePort): (message: Message, urgent?: boolean) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (message, urgent = false) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL && !urgent) return;
    last = now;
    port.postMessage(message);
  };
}

function learnStep({ done, value }: IteratorResult<PoolTask, LearnReply>): LearnStep {
  // A copy, since it is needed here too when learning goes on.
  if (!done) return { reply: null, pool: value };
  const { dictionary, activations, loss } = value;
  const arrays = [dictionary.templates, dictionary.componentOf, activations, loss];
  return transfer(
    { reply: value, pool: null },
    arrays.map(({ buffer }) => buffer),
  );
}
