import { transfer } from 'comlink';
import type { LearnRequest } from '../../dsp/learning/LearnRequest.ts';
import type { OnProgress, Progress } from '../../dsp/learning/progress.ts';
import { layoutOf } from '../../dsp/transform/StftLayout.ts';
import { NMFModel } from '../../model/NMFModel.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { buffersOf } from '../clips/plainClip.ts';
import { inWorker } from './inWorker.ts';

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
  const { workerUrl, labels, signals, onProgress } = options;
  // A channel of its own, since Comlink never closes those of its callbacks: Firefox and WebKit would keep what hangs on it.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Progress>) => onProgress(data);
  const job = inWorker(workerUrl, signals, async (worker) => {
    const { dictionary, pitchShifts, ...result } = await worker.call((service) =>
      service.learn(transfer(request, buffersOf(request.clips)), transfer(port2, [port2])),
    );
    const { components } = request;
    const model = new NMFModel({ ...dictionary, ...layoutOf(request), components, labels, pitchShifts });
    return { model, ...result };
  });
  return job.finally(() => port1.close());
}
