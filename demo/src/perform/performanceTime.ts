import { locksUpOnLatency } from '../pictures/inStep.ts';

/** When a moment of a context's time is heard, in milliseconds of `performance.now()` */
export function performanceTimeOf(time: number, context: AudioContext): number {
  const { contextTime, performanceTime } = heardNow(context);
  return performanceTime + 1000 * (time - contextTime);
}

/** A moment that is heard just now, by both clocks */
function heardNow(context: AudioContext): Required<AudioTimestamp> {
  const { contextTime = 0, performanceTime = 0 } = locksUpOnLatency() ? {} : context.getOutputTimestamp();
  if (performanceTime > 0) return { contextTime, performanceTime };
  // Unknown, or not before the device plays
  return { contextTime: context.currentTime, performanceTime: performance.now() };
}
