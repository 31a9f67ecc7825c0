/** Tracks the workers that the page creates, so that a test can terminate one, make the next fail, and count them. */
export function watchWorkers() {
  const RealWorker = globalThis.Worker;
  const living = new Set<Worker>();
  const made: WeakRef<Worker>[] = [];
  let refusals = 0;

  class WatchedWorker extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      if (refusals > 0) {
        refusals--;
        throw new DOMException('The test refuses this worker.', 'SecurityError');
      }
      super(url, options);
      living.add(this);
      made.push(new WeakRef(this));
    }

    override terminate(): void {
      living.delete(this);
      super.terminate();
    }
  }
  globalThis.Worker = WatchedWorker;

  return {
    /** The newest worker that was not terminated */
    newest: () => [...living][living.size - 1],
    /** Makes the next `count` Worker constructors throw. */
    refuse(count: number) {
      refusals = count;
    },
    /** Those that were not terminated */
    living: () => [...living],
    alive: () => living.size,
    /** Number of workers so far */
    made: () => made.length,
    /** Number of workers that were not garbage-collected, terminated or not */
    kept: () => made.filter((worker) => worker.deref()).length,
  };
}
