import { moduleUrl } from './moduleUrl.ts';
import { sleep } from './sleep.ts';

/** Makes garbage on the audio thread, whose collector has no other reason to run. Chromium's can be asked for. */
const CODE = `
  registerProcessor('litterer', class extends AudioWorkletProcessor {
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

/** Returns what makes the collectors of the main thread and of the audio thread run. */
export async function makeLitterer(context: AudioContext): Promise<() => Promise<void>> {
  await context.audioWorklet.addModule(moduleUrl(CODE));
  const node = new AudioWorkletNode(context, 'litterer');
  node.connect(context.destination);
  return async () => {
    for (let i = 0; i < ROUNDS; i++) {
      (globalThis as { gc?(): void }).gc?.();
      new Array(1e6).fill(i);
      Array.from({ length: 2e5 }, () => ({ i }));
      const littered = new Promise((resolve) => {
        node.port.onmessage = resolve;
      });
      node.port.postMessage(null);
      await littered;
      await sleep(20);
    }
  };
}
