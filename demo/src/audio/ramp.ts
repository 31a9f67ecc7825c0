import { hasReached, hasTicked } from './clock.ts';

export const SILENT = 0;

/** Seconds a parameter takes to change: long enough that nothing clicks, short enough to feel immediate. */
const RAMP = 0.04;
/** Seconds in which it comes nearer by a factor of e. Eight of them leave −69 dB. */
const TIME_CONSTANT = RAMP / 8;
/** Seconds that commands take to arrive, in Firefox up to 0.02. What begins in the past begins with a jump. */
const AHEAD = 0.04;

/**
 * Changes a parameter without a click, also in the middle of another change: an approach begins wherever the parameter is
 * by then, while a linear ramp would have to know. Resolves when it has its new value.
 */
export async function rampTo(parameter: AudioParam, value: number, context: BaseAudioContext): Promise<void> {
  await hasTicked(context);
  const start = context.currentTime + AHEAD;
  parameter.cancelScheduledValues(start);
  parameter.setTargetAtTime(value, start, TIME_CONSTANT);
  parameter.setValueAtTime(value, start + RAMP);
  await hasReached(start + RAMP, context);
}
