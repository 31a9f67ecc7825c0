// What differs from platform to platform, here for Node 20 and later. Nothing is touched before it is called for.
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker as NodeWorker } from 'node:worker_threads';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type * as Browser from './browser.ts';
import { PlainAudioBuffer } from './PlainAudioBuffer.ts';
import { WebWorker } from './WebWorker.ts';

/** Gives a thread the functions of a web worker's scope, through which the worker's code talks. */
const SCOPE = `import { parentPort } from 'node:worker_threads';
for (const name of ['addEventListener', 'removeEventListener', 'postMessage'])
  globalThis[name] = parentPort[name].bind(parentPort);
`;

export const makeWorker: typeof Browser.makeWorker = (code, url) => {
  const script = url ? `await import(${JSON.stringify(moduleUrl(url))});` : code;
  const address = new URL(`data:text/javascript,${encodeURIComponent(SCOPE + script)}`);
  // Without the process's own arguments: they may be loaders and modules for the program alone.
  const worker = new NodeWorker(address, { name: 'nmf-separator', execArgv: [] });
  return new WebWorker(worker) as Pick<Worker, keyof WebWorker> as Worker;
};

/**
 * Workaround 14: while it has nothing to render, the worklet's thread of node-web-audio-api polls without a rest, with the
 * highest priority it can get. It takes a core for itself, and the thread that renders may wait a second for its turn. So
 * it is put to sleep for a moment after every look, never in `process`: a quantum lasts ten times as long.
 */
const REST = `const bed = new Int32Array(new SharedArrayBuffer(4));
(function rest() {
  Atomics.wait(bed, 0, 0, 0.25);
  setImmediate(rest);
})();
`;

/** The same address for every context. */
let restAddress: string | undefined;

/** node-web-audio-api takes no data: URL. */
export const workletAddresses: typeof Browser.workletAddresses = (code) => [blobUrl(code)];

/** node-web-audio-api takes paths, and no file: URL. */
export const addressOf: typeof Browser.addressOf = (url) => {
  const address = String(url);
  return address.startsWith('file:') ? fileURLToPath(address) : address;
};

export const prepareWorklets: typeof Browser.prepareWorklets = async (context) => {
  const { AudioWorkletNode, BaseAudioContext } = await importContexts();
  if (!(context instanceof BaseAudioContext))
    throw new TypeError(
      'context: it was made by another copy of node-web-audio-api than the one that is installed beside nmf-separator-node.',
    );
  restAddress ??= blobUrl(REST);
  await context.audioWorklet.addModule(restAddress);
  return AudioWorkletNode;
};

export const makeAudioBuffer: typeof Browser.makeAudioBuffer = (format, like) => {
  const { AudioBuffer = PlainAudioBuffer } = globalThis;
  const Own = like?.constructor as typeof AudioBuffer | undefined;
  return Own?.name === 'AudioBuffer' ? new Own(format) : new AudioBuffer(format);
};

/** By `exit`. */
export const workersTellDeath: typeof Browser.workersTellDeath = true;

export const coreCount: typeof Browser.coreCount = availableParallelism;

export const loadAdvice: typeof Browser.loadAdvice = (what, url) => {
  if (url) return `Check that ${String(url)} is the package's ${what}.js.`;
  return what === 'worker' ? 'Node 20 or later is needed.' : 'Version 2 of node-web-audio-api needs Node 22.';
};

/** Not before it is needed, since programs that only separate clips may not have it. Bundlers leave it alone. */
async function importContexts() {
  try {
    return await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ 'node-web-audio-api');
  } catch (error) {
    throw new Error('A context in Node needs the package node-web-audio-api to be installed.', { cause: error });
  }
}

/** A path as a URL; a URL as it is. */
function moduleUrl(url: ScriptUrl): string {
  return URL.canParse(String(url)) ? String(url) : pathToFileURL(String(url)).href;
}

function blobUrl(code: string): string {
  return URL.createObjectURL(new Blob([code]));
}
