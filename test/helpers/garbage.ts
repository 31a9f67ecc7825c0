import { moduleUrl } from './moduleUrl.ts';
import { sleep } from './sleep.ts';

/** Collects on the audio thread. Where there is no `gc()`, allocations make a collection due; by itself it never would be. */
const CODE = `
  registerProcessor('collector', class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.port.onmessage = () => {
        if (globalThis.gc) gc();
        else for (let i = 0; i < 50; i++) new Array(1e5).fill(i);
        this.port.postMessage(null);
      };
    }
    process() { return true; }
  });
`;
/** Only Chromium has it, because the harness starts it so. */
const { gc } = globalThis as { gc?(): void };
/** What one collection sets free may hold what the next one does. */
const ROUNDS = gc ? 3 : 10;

/** @returns a function that makes the garbage collectors of the main thread and of the audio thread run */
export async function makeCollector(context: AudioContext): Promise<() => Promise<void>> {
  await context.audioWorklet.addModule(moduleUrl(CODE));
  const node = new AudioWorkletNode(context, 'collector');
  node.connect(context.destination);
  return async () => {
    for (let i = 0; i < ROUNDS; i++) {
      if (gc) gc();
      else allocate();
      const collected = new Promise((resolve) => {
        node.port.onmessage = resolve;
      });
      node.port.postMessage(null);
      await collected;
      await sleep(20);
    }
  };
}

function allocate(): void {
  new Array(1e6).fill(0);
  Array.from({ length: 2e5 }, () => ({}));
}
