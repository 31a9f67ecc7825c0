import { moduleUrl } from './moduleUrl.ts';
import { sleep } from './sleep.ts';

/** Allocates on the audio thread, where otherwise too little is allocated for a collection. Chromium also has `gc()`. */
const CODE = `
  registerProcessor('allocator', class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.port.onmessage = () => {
        globalThis.gc?.();
        for (let i = 0; i < 50; i++) new Array(1e5).fill(i);
        this.port.postMessage(null);
      };
    }
    process() { return true; }
  });
`;
const ROUNDS = 20;

/** @returns a function that makes the garbage collectors of the main thread and of the audio thread run */
export async function makeCollector(context: AudioContext): Promise<() => Promise<void>> {
  await context.audioWorklet.addModule(moduleUrl(CODE));
  const node = new AudioWorkletNode(context, 'allocator');
  node.connect(context.destination);
  return async () => {
    for (let i = 0; i < ROUNDS; i++) {
      (globalThis as { gc?(): void }).gc?.();
      new Array(1e6).fill(i);
      Array.from({ length: 2e5 }, () => ({ i }));
      const allocated = new Promise((resolve) => {
        node.port.onmessage = resolve;
      });
      node.port.postMessage(null);
      await allocated;
      await sleep(20);
    }
  };
}
