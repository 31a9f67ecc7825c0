import type { DictionaryData } from '../live/DictionaryData.ts';
import { MASK_EXPONENT } from '../live/maskExponent.ts';
import { binsOf } from '../transform/StftLayout.ts';
import { learnBlind } from './blind.ts';
import { type LearnedDictionary, reordered, withUnitTemplates } from './LearnedDictionary.ts';
import type { LearnRequest } from './LearnRequest.ts';
import { centroidOrder, matchingOrder } from './order.ts';
import { type OnProgress, poolProgress } from './progress.ts';
import { learnSupervised } from './supervised.ts';
import type { Clustering } from './timbre/gate.ts';
import { type Pooling, runPool } from './timbre/templatePool.ts';
import { type Chosen, chooseByTrial } from './trial.ts';

/** With which blind components separate best, by measurement: taught ones are surer of what is theirs. */
const SOURCES_EXPONENT = 1;
const PATTERNS_EXPONENT = 1.5;

/** Enough to tell what helps. */
const TRIAL_ITERATIONS = 60;

/** A learned dictionary, and the clip in its terms. */
export interface LearnReply {
  readonly dictionary: DictionaryData;
  /** Semitones each way. */
  readonly pitchShifts: number;
  /** With which the templates separate best. */
  readonly maskExponent: number;
  readonly clustering: Clustering;
  /** The last loss, as a part of all that was learned from: for Kullback-Leibler; else NaN. */
  readonly relativeLoss: number;
  /** frames × templates, row-major */
  readonly activations: Float32Array;
  readonly frames: number;
  /** One value an iteration of the kept start. */
  readonly loss: Float32Array;
  readonly iterations: number;
}

/** Does what a request asks for. The same request gives the same bits, on every thread and in every engine. */
export function learnModel(request: LearnRequest, onProgress: OnProgress): LearnReply {
  const learning = learnInParts(request, onProgress);
  let step = learning.next();
  while (!step.done) {
    let done = 0;
    const starts = runPool(step.value, (loss) => onProgress(poolProgress(request, ++done, loss)));
    step = learning.next(starts);
  }
  return step.value;
}

/** As `learnModel`, but whoever runs it has the starts of a pool learned where that is needed. */
export function* learnInParts(request: LearnRequest, onProgress: OnProgress): Pooling<LearnReply> {
  const learned = request.supervised ? learnSupervised(request, onProgress) : yield* learnBlind(request, onProgress);
  const unit = withUnitTemplates(learned, binsOf(request));
  const { templates, componentOf, panning, sum, ...result } = reordered(unit, orderOf(request, unit));
  const { divergence } = request;
  const levels = loudest(result.activations, componentOf, request);
  const { pitchShifts, isPanned } = chosenFor(request, panning !== undefined);
  return {
    ...result,
    dictionary: { templates, componentOf, divergence, levels, ...(isPanned && { panning }) },
    pitchShifts,
    maskExponent: maskExponentOf(request, learned),
    relativeLoss: divergence === 'kullback-leibler' ? result.loss.at(-1)! / sum : Number.NaN,
  };
}

/**
 * The largest activation of each component: Kullback and Leibler's divergence gives a stream as much of a frame's sum. A
 * component that no clip has taught keeps its level.
 */
function loudest(activations: Float32Array, componentOf: Uint8Array, request: LearnRequest): Float32Array {
  const count = componentOf.length;
  const levels = new Float32Array(request.components);
  const frame = new Float32Array(request.components);
  for (let at = 0; at < activations.length; at += count) {
    frame.fill(0);
    for (let r = 0; r < count; r++) frame[componentOf[r]] += activations[at + r];
    frame.forEach((level, k) => {
      levels[k] = Math.max(levels[k], level);
    });
  }
  return levels.map((level, k) => level || (request.previous?.levels?.[k] ?? 0));
}

function maskExponentOf({ supervised }: LearnRequest, { clustering }: LearnedDictionary): number {
  if (supervised) return MASK_EXPONENT.standard;
  return clustering === 'timbre' ? SOURCES_EXPONENT : PATTERNS_EXPONENT;
}

/** What is decided by trial: how far templates may move, and whether two channels are told apart. */
function chosenFor(request: LearnRequest, canBePanned: boolean): Chosen {
  if (request.pitchShifts !== 'auto' && !canBePanned) return { pitchShifts: request.pitchShifts, isPanned: false };
  return chooseByTrial(request, canBePanned, (clips) => {
    const trial = { ...request, clips, components: clips.length, iterations: TRIAL_ITERATIONS, restarts: 1 };
    const learned = learnSupervised(trial, () => {});
    const { templates, componentOf, panning } = withUnitTemplates(learned, binsOf(request));
    return { templates, componentOf, divergence: request.divergence, panning };
  });
}

/** For every component, its new place. Held and taught components stay where they are. */
function orderOf(request: LearnRequest, { templates, componentOf }: LearnedDictionary): readonly number[] {
  const { components, supervised, hold, order, previous, divergence } = request;
  if (supervised || hold.length > 0 || order === 'none') return Array.from({ length: components }, (_, k) => k);
  const learned = { templates, componentOf, divergence };
  if (order === 'match' && previous) return matchingOrder(learned, previous, components, binsOf(request));
  return centroidOrder(learned, components, binsOf(request));
}
