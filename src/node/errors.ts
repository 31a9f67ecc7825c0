import type { ScriptUrl } from '../parameters/ScriptUrl.ts';
import { loadAdvice } from './platform/browser.ts';

/** Characters of a browser's message that are passed on. */
const LONGEST_MESSAGE = 300;

/** The exception Web Audio throws for a call that the state of things does not allow. */
export function invalidState(message: string): DOMException {
  return new DOMException(message, 'InvalidStateError');
}

/** What is said when a script does not start. */
export function loadError(what: 'worklet' | 'worker', url: ScriptUrl | undefined, reason: unknown): Error {
  const cause = shortened(reason);
  return new Error(`The ${what} did not load. ${loadAdvice(what, url, reason)} (${describe(cause)})`, { cause });
}

/** Browsers put the address into the message, and of embedded code that is all of the code. */
function shortened(cause: unknown): unknown {
  const message = cause instanceof Error ? cause.message : String(cause);
  const short = message.replace(/(data:[^,]{0,60},)[^\s'"]*/g, '$1…').slice(0, LONGEST_MESSAGE);
  if (short === message) return cause;
  return cause instanceof Error ? new DOMException(short, cause.name) : short;
}

/** What is said when WebAssembly may not be compiled. */
function wasmError(cause: unknown): Error {
  return new Error(
    `WebAssembly could not be compiled: a Content-Security-Policy needs 'wasm-unsafe-eval' in script-src. (${describe(cause)})`,
    { cause },
  );
}

/**
 * Worklets and workers obey the page's policy, so the page can tell beforehand, and with a reason.
 *
 * @throws {Error} where WebAssembly may not be compiled
 */
export function requireWebAssembly(): void {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (cause) {
    throw wasmError(cause);
  }
}

export function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
