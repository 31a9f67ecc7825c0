import worker from 'virtual:worker';
import worklet from 'virtual:worklet';
import { loadError } from '../errors.ts';
import type { AnyAudioContext, MakeWorkletNode } from './contextFamily.ts';
import { loadModule, rawContextOf } from './contextFamily.ts';

/** The same addresses for the life of the page: standardized-audio-context caches modules by address. */
let workletBlob: string | undefined;
let workletData: string | undefined;
let workerBlob: string | undefined;

const loading = new WeakMap<object, Promise<MakeWorkletNode>>();

/** Loads the worklet module into a context, once. A failure may be tried again. */
export function loadWorklet(context: AnyAudioContext, workletUrl?: string | URL): Promise<MakeWorkletNode> {
  const key = rawContextOf(context);
  let loaded = loading.get(key);
  if (!loaded) {
    loaded = loadModule(context, workletUrl ? [String(workletUrl)] : embeddedWorklet(), workletUrl);
    loading.set(key, loaded);
    loaded.catch(() => loading.delete(key));
  }
  return loaded;
}

/**
 * Policies may allow one of two addresses. The data URL goes first: inside sandboxed frames, WebKit takes a blob's module for
 * cross-origin (workaround 4), and WebKitGTK may lock up over it (workaround 11): the thread of the worklet asks the main
 * thread for the blob's origin, while that starts the context and waits for the first quantum from that thread.
 */
function embeddedWorklet(): string[] {
  workletData ??= dataUrl(worklet);
  workletBlob ??= blobUrl(worklet);
  return [workletData, workletBlob];
}

/** Starts a worker. Whether its script was allowed shows only when it answers, or fails. */
export function startWorker(workerUrl?: string | URL): Worker {
  workerBlob ??= workerUrl ? undefined : blobUrl(worker);
  try {
    return new Worker(workerUrl ?? workerBlob!, { name: 'nmf-separator' });
  } catch (error) {
    throw loadError('worker', workerUrl, error);
  }
}

function blobUrl(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}

function dataUrl(code: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`;
}
