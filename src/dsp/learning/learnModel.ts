import type { DictionaryData } from '../live/DictionaryData.ts';
import { binsOf } from '../transform/StftLayout.ts';
import { learnBlind } from './blind.ts';
import type { Sound } from './clips.ts';
import { type LearnedDictionary, reordered, withUnitTemplates } from './LearnedDictionary.ts';
import type { LearnRequest } from './LearnRequest.ts';
import { centroidOrder, matchingOrder } from './order.ts';
import { DEFAULT_PITCH_SHIFTS, pitchShiftsHelp } from './pitchShiftTrial.ts';
import type { OnProgress } from './progress.ts';
import { learnSupervised } from './supervised.ts';

/** Enough to tell whether shifted copies help. */
const TRIAL_ITERATIONS = 60;

/** A learned dictionary, and the clip in its terms. */
export interface LearnReply {
  readonly dictionary: DictionaryData;
  /** Semitones each way. */
  readonly pitchShifts: number;
  /** frames × templates, row-major */
  readonly activations: Float32Array;
  readonly frames: number;
  /** One value an iteration of the kept start. */
  readonly loss: Float32Array;
  readonly iterations: number;
}

/** Does what a request asks for. The same request gives the same bits, on every thread and in every engine. */
export function learnModel(request: LearnRequest, onProgress: OnProgress): LearnReply {
  const bins = binsOf(request);
  const learned = request.supervised ? learnSupervised(request, onProgress) : learnBlind(request, onProgress);
  const unit = withUnitTemplates(learned, bins);
  const { templates, componentOf, activations, frames, loss, iterations } = reordered(unit, orderOf(request, unit));
  return {
    dictionary: { templates, componentOf, divergence: request.divergence },
    pitchShifts: pitchShiftsOf(request),
    activations,
    frames,
    loss,
    iterations,
  };
}

/** How far templates may move. `'auto'` is decided by trial. */
function pitchShiftsOf(request: LearnRequest): number {
  if (request.pitchShifts !== 'auto') return request.pitchShifts;
  const learn = (clips: readonly Sound[]): DictionaryData => {
    const trial = { ...request, clips, components: clips.length, iterations: TRIAL_ITERATIONS, restarts: 1 };
    const learned = learnSupervised(trial, () => {});
    const { templates, componentOf } = withUnitTemplates(learned, binsOf(request));
    return { templates, componentOf, divergence: request.divergence };
  };
  return pitchShiftsHelp(request, learn) ? DEFAULT_PITCH_SHIFTS : 0;
}

/** For every component, its new place. Held and taught components stay where they are. */
function orderOf(request: LearnRequest, { templates, componentOf }: LearnedDictionary): readonly number[] {
  const { components, supervised, hold, order, previous, divergence } = request;
  if (supervised || hold.length > 0 || order === 'none') return Array.from({ length: components }, (_, k) => k);
  const learned = { templates, componentOf, divergence };
  if (order === 'match' && previous) return matchingOrder(learned, previous, components, binsOf(request));
  return centroidOrder(learned, components, binsOf(request));
}
