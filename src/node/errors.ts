import { loadAdvice } from './platform/browser.ts';

/** The exception Web Audio throws for a call that the state of things does not allow. */
export function invalidState(message: string): DOMException {
  return new DOMException(message, 'InvalidStateError');
}

/** What is said when a script does not start and the engine gives no reason. */
export function loadError(what: 'worklet' | 'worker', url: string | URL | undefined, cause: unknown): Error {
  return new Error(`The ${what} did not load. ${loadAdvice(what, url)} (${describe(cause)})`, { cause });
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
