/** Milliseconds between two readings of the clock */
const INTERVAL = 10;
/** Milliseconds after which waiting stops. The clock of a running context stands still if its audio device is gone. */
const LONGEST_WAIT = 250;

/** Resolves when the context's clock has reached `time`, in seconds, or at once if the context is not running. */
export function hasReached(time: number, context: BaseAudioContext): Promise<void> {
  return watch(context, () => context.currentTime >= time);
}

/**
 * Resolves when the context's clock has advanced. Firefox updates `currentTime` by messages to the main thread, so after
 * a long computation it can be 0.25 s out of date.
 */
export function hasTicked(context: BaseAudioContext): Promise<void> {
  const before = context.currentTime;
  return watch(context, () => context.currentTime > before);
}

async function watch(context: BaseAudioContext, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT;
  while (context.state === 'running' && !condition() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}
