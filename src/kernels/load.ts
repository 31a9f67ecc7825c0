import binary from 'virtual:kernels';
import type { LearningKernels } from './learningKernels.ts';
import type { LiveKernels } from './liveKernels.ts';

/** A running instance of the compiled kernels with a memory of its own. */
export interface Kernels extends KernelExports {
  readonly memory: WebAssembly.Memory;
}

/** Addresses are byte offsets into `memory`. */
export interface KernelExports extends LearningKernels, LiveKernels {
  /** Allocates a zeroed, 64-byte aligned block. May grow the memory, which detaches every view made before. */
  allocate(bytes: number): number;
  /** Gives back a block from `allocate`. */
  release(block: number): void;
}

let compiled: WebAssembly.Module | undefined;
/**
 * Memories that were given back. Chromium has room for a hundred in a process, however small, and the audio thread's
 * garbage is collected late: nodes that come and go would leave no room for the next.
 */
const spareMemories: WebAssembly.Memory[] = [];

/**
 * Makes an instance, synchronously: a worklet can neither fetch nor wait.
 *
 * @throws {WebAssembly.CompileError} where a Content-Security-Policy lacks `'wasm-unsafe-eval'`
 */
export function loadKernels(): Kernels {
  compiled ??= new WebAssembly.Module(decodeBase64(binary));
  const memory = spareMemories.pop() ?? new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).fill(0);
  const instance = new WebAssembly.Instance(compiled, { env: { memory, abort } });
  return { ...(instance.exports as unknown as KernelExports), memory };
}

/** Ends the use of an instance; the next one has its memory. */
export function unloadKernels({ memory }: Kernels): void {
  spareMemories.push(memory);
}

function abort(): never {
  throw new WebAssembly.RuntimeError('A kernel ran out of memory.');
}

/** Workaround 5: the scope of a worklet has no `atob`. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const sextets = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) sextets[alphabet.charCodeAt(i)] = i;
  const length = Math.floor((text.replace(/=+$/, '').length * 3) / 4);
  const bytes = new Uint8Array(length);
  for (let i = 0, out = 0; out < length; i += 4) {
    const word =
      (sextets[text.charCodeAt(i)] << 18) |
      (sextets[text.charCodeAt(i + 1)] << 12) |
      (sextets[text.charCodeAt(i + 2)] << 6) |
      sextets[text.charCodeAt(i + 3)];
    for (let shift = 16; shift >= 0 && out < length; shift -= 8) bytes[out++] = (word >> shift) & 255;
  }
  return bytes;
}
