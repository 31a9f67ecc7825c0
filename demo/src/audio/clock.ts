/** Milliseconds between two looks at the clock. */
const INTERVAL = 10;
/** Milliseconds that are enough even where the clock stands still though the context runs: a device may be gone. */
const LONGEST_WAIT = 250;

/** Resolves when the context has played up to a time, in seconds of its clock. Nothing is waited for while it rests. */
export function hasReached(time: number, context: BaseAudioContext): Promise<void> {
  return watch(context, () => context.currentTime >= time);
}

/**
 * Resolves when the clock tells the time. Firefox tells it by messages, which wait as long as the page computes: after that it
 * may be a quarter of a second behind the sound.
 */
export function hasTicked(context: BaseAudioContext): Promise<void> {
  const before = context.currentTime;
  return watch(context, () => context.currentTime > before);
}

async function watch(context: BaseAudioContext, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT;
  while (context.state === 'running' && !holds() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}
