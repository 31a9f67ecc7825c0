export const SILENT = 0;

/** Seconds a gain takes to change: long enough that nothing clicks, short enough to feel immediate. */
const RAMP = 0.03;
/** Milliseconds after which a ramp counts as done even in a context whose clock stands still. */
const LONGEST_WAIT = 200;

/** Changes a gain without a click. Resolves when it has its new value. */
export async function rampTo(gain: AudioParam, value: number, context: BaseAudioContext): Promise<void> {
  const now = context.currentTime;
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(value, now + RAMP);
  const deadline = performance.now() + LONGEST_WAIT;
  while (context.currentTime < now + RAMP && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 1000 * RAMP));
  }
}
