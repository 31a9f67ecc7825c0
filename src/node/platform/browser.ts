// What differs from platform to platform, here for browsers. The build for Node puts node.ts in the place of this file.
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { lacksTrust, POLICY_NAME, trustedUrl } from './trustedTypes.ts';

/** Of the embedded code, for both threads. */
let codeUrl: string | undefined;

/** Starts a worker from a file, or from the embedded code. Whether it was allowed shows only when it answers, or fails. */
export function makeWorker(code: string, url?: ScriptUrl): Worker {
  // As the DOM library declares it, no TrustedScriptURL is taken.
  return new Worker((url ?? blobUrl(code)) as string | URL, { name: 'nmf-separator' });
}

/**
 * Addresses of the embedded worklet. Policies may allow one of two. The data URL goes first: inside sandboxed frames, WebKit
 * takes a blob's module for cross-origin (workaround 4), and WebKitGTK may lock up over it (workaround 11): the thread of
 * the worklet asks the main thread for the blob's origin, while that starts the context and waits for the first quantum
 * from that thread.
 */
export function workletAddresses(code: string): string[] {
  return [trustedUrl(`data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`), blobUrl(code)];
}

/** The address of a worklet's file, as `addModule` takes it. */
export function addressOf(url: ScriptUrl): ScriptUrl {
  return url;
}

/** Whether a worker that dies tells it by an event. */
export const workersTellDeath: boolean = false;

/** Makes a context ready for modules of worklets, and gives the class of its worklet nodes. */
export async function prepareWorklets(_context: BaseAudioContext): Promise<typeof AudioWorkletNode> {
  return AudioWorkletNode;
}

/** A silent buffer; where there are several classes of them, of the class of `like`. */
export function makeAudioBuffer(format: AudioBufferOptions, _like?: object): AudioBuffer {
  return new AudioBuffer(format);
}

/** Of the machine, as far as it tells; of some browsers at most a few. */
export function coreCount(): number {
  return navigator.hardwareConcurrency ?? 1;
}

/** What to do when a script does not start. */
export function loadAdvice(what: 'worklet' | 'worker', url: ScriptUrl | undefined, reason: unknown): string {
  const directive = what === 'worklet' ? 'script-src' : 'worker-src (or script-src, where that is missing)';
  if (lacksTrust(url, reason)) {
    const policy = url ? '' : `allow the policy ${POLICY_NAME} in the directive trusted-types, or `;
    return `The page demands Trusted Types: ${policy}pass workletUrl and workerUrl as TrustedScriptURLs.`;
  }
  return url
    ? `Check that ${String(url)} is served as JavaScript, and that the Content-Security-Policy's ${directive} allows it.`
    : `Where a Content-Security-Policy forbids blob: in ${directive}, serve nmf-separator-node/worklet.js and worker.js from your own site and pass their addresses as workletUrl and workerUrl.`;
}

function blobUrl(code: string): string {
  codeUrl ??= trustedUrl(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  return codeUrl;
}
