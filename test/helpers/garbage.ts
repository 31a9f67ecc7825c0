import { moduleUrl } from './moduleUrl.ts';
import { sleep } from './sleep.ts';

/** Allocates on the audio thread, where otherwise too little is allocated for a collection. Chromium also has `gc()`. */
const CODE = `
  registerProcessor('allocator', class extends AudioWorkletProcessor {
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
const collect = (globalThis as { gc?(): void }).gc;
const ROUNDS = collect ? 3 : 10;

/** @returns a function that makes the garbage collectors of the main thread and of the audio thread run */
export async function makeCollector(context: AudioContext): Promise<() => Promise<void>> {
  await context.audioWorklet.addModule(moduleUrl(CODE));
  const node = new AudioWorkletNode(context, 'allocator');
  node.connect(context.destination);
  return async () => {
    for (let i = 0; i < ROUNDS; i++) {
      if (collect) collect();
      else allocate(i);
      const allocated = new Promise((resolve) => {
        node.port.onmessage = resolve;
      });
      node.port.postMessage(null);
      await allocated;
      await sleep(20);
    }
  };
}

function allocate(i: number): void {
  new Array(1e6).fill(i);
  Array.from({ length: 2e5 }, () => ({ i }));
}
