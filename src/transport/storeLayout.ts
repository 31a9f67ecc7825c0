import { MAXIMUM_TEMPLATES } from '../dsp/limits.ts';
import { layOut } from './layout.ts';

/** Frames the ring keeps beyond the rolling spectrogram, so that a reader is not overtaken while it copies. */
export const SLACK = 64;
/**
 * More than the frames that can wait for activations at one time. A prime, so that where only every second or fourth frame
 * is answered, as many answers are kept.
 */
export const ANSWER_SLOTS = 17;

/** Where everything is in the memory of a `FrameStore`. */
export function storeLayout(bins: number, historyFrames: number) {
  const capacity = historyFrames + SLACK;
  return layOut({
    times: { length: capacity, elementBytes: 8 },
    load: { length: 1, elementBytes: 8 },
    written: { length: 1, elementBytes: 4 },
    versions: { length: capacity, elementBytes: 4 },
    answered: { length: ANSWER_SLOTS, elementBytes: 4 },
    magnitudes: { length: bins * capacity, elementBytes: 4 },
    answers: { length: ANSWER_SLOTS * MAXIMUM_TEMPLATES, elementBytes: 4 },
  });
}
