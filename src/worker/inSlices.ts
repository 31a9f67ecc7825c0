/** Milliseconds of a slice: a frame that comes meanwhile waits no longer than that. */
const SLICE = 8;

/**
 * Does something that takes long in slices, so that frames which come meanwhile are activated in between. Worker thread.
 *
 * @param steps what is to be done, in steps much shorter than a slice; its return value is the result
 * @param isWanted asked between slices; when it is not any more, the result is null
 */
export async function inSlices<T>(steps: Iterator<unknown, T>, isWanted: () => boolean): Promise<T | null> {
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve));
    if (!isWanted()) return null;
  }
}
