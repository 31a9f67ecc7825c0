/** Watches the real workers of this page, so that a test can kill one, refuse the next, and count those left. */
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
    /** The worker made last of those that were not ended. */
    newest: () => [...living][living.size - 1],
    /** Refuses the next workers. */
    refuse(count: number) {
      refusals = count;
    },
    alive: () => living.size,
    /** Those that still take memory, ended or not. */
    kept: () => made.filter((worker) => worker.deref()).length,
  };
}
