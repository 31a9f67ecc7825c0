import { transfer } from 'comlink';
import type { LearnRequest } from '../../dsp/learning/LearnRequest.ts';
import type { LearnReply } from '../../dsp/learning/learnModel.ts';
import { type OnProgress, type Progress, poolProgress, risingProgress } from '../../dsp/learning/progress.ts';
import type { Clustering } from '../../dsp/learning/timbre/gate.ts';
import { layoutOf } from '../../dsp/transform/StftLayout.ts';
import { NMFModel } from '../../model/NMFModel.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { buffersOf } from '../clips/plainClip.ts';
import { inWorker } from './inWorker.ts';
import { learnPool } from './learnPool.ts';

/** A learned model, and the clip in its terms. */
export interface LearnResult {
  /** What was learned, in force already where a node learned it. */
  model: NMFModel;
  /** frames × templates, row-major. Of several clips: their frames one after the other. */
  activations: Float32Array;
  /** Of the clip. */
  frames: number;
  /**
   * One value an iteration of the kept start. Blind learning with the defaults goes on from there to templates that
   * separate better, at a slightly higher loss.
   */
  loss: Float32Array;
  /** That the kept start took. */
  iterations: number;
  /** What blind learning took the components for: sources found by their timbre, or patterns. Always `'none'` for taught ones. */
  clustering: Clustering;
  /**
   * The loss at K patterns as a part of all that sounds: below 0.16 they are the sound, above 0.35 they are not. NaN for other
   * divergences than Kullback and Leibler's.
   */
  relativeLoss: number;
}

export interface LearnJobOptions {
  readonly workerUrl: ScriptUrl | undefined;
  readonly labels: readonly string[] | undefined;
  /** Any of them ends the job. */
  readonly signals: readonly AbortSignal[];
  readonly onProgress: OnProgress;
}

/**
 * Learns in a worker of its own, so that live frames never wait for it, and so that it can be ended at any moment.
 * Main thread.
 *
 * @throws {AbortError} (as a rejection) when a signal aborts
 */
export function runLearnJob(request: LearnRequest, options: LearnJobOptions): Promise<LearnResult> {
  const { workerUrl, labels, signals } = options;
  const onProgress = risingProgress(options.onProgress);
  // A channel of its own, since Comlink never closes those of its callbacks: Firefox and WebKit would keep what hangs on it.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Progress>) => onProgress(data);
  const job = inWorker(workerUrl, signals, async (worker) => {
    let step = await worker.call((service) =>
      service.learn(transfer(request, buffersOf(request.clips)), transfer(port2, [port2])),
    );
    while (step.pool) {
      const report = (done: number, loss: number) => onProgress(poolProgress(request, done, loss));
      const starts = await learnPool(worker, step.pool, { workerUrl, signals, onProgress: report });
      step = await worker.call((service) => service.resumeLearning(starts));
    }
    return resultOf(request, step.reply!, labels);
  });
  return job.finally(() => port1.close());
}

function resultOf(request: LearnRequest, reply: LearnReply, labels: readonly string[] | undefined): LearnResult {
  const { dictionary, pitchShifts, maskExponent, ...result } = reply;
  const { components } = request;
  const described = { ...layoutOf(request), components, labels, pitchShifts, maskExponent };
  return { model: new NMFModel({ ...dictionary, ...described }), ...result };
}
