import { hasReached, hasTicked } from './clock.ts';

export const SILENT = 0;

/** Seconds a change of a parameter takes: long enough not to click, short enough to feel immediate. */
const RAMP = 0.04;
/** Time constant of the exponential approach, in seconds. After 8 of them the remaining step is −69 dB. */
const TIME_CONSTANT = RAMP / 8;
/** Seconds ahead to schedule. Commands take up to 0.02 s to reach Firefox's audio thread, and late ones cause a jump. */
const AHEAD = 0.04;

/**
 * Changes a parameter without a click, even during another change: `setTargetAtTime` starts from the current value, while
 * a linear ramp needs to be given its start value. Resolves when the parameter has its new value.
 */
export async function rampTo(parameter: AudioParam, value: number, context: BaseAudioContext): Promise<void> {
  await hasTicked(context);
  const start = context.currentTime + AHEAD;
  parameter.cancelScheduledValues(start);
  parameter.setTargetAtTime(value, start, TIME_CONSTANT);
  parameter.setValueAtTime(value, start + RAMP);
  await hasReached(start + RAMP, context);
}
