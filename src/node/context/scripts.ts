import worker from 'virtual:worker';
import worklet from 'virtual:worklet';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { loadError } from '../errors.ts';
import { type AnyAudioContext, loadModule, type MakeWorkletNode, rawContextOf } from './contextFamily.ts';
import { trustedUrl } from './trustedTypes.ts';

/** The same addresses for the life of the page: standardized-audio-context caches modules by address. */
let workletBlob: string | undefined;
let workletData: string | undefined;
let workerBlob: string | undefined;

const loading = new WeakMap<object, Promise<MakeWorkletNode>>();

/** Loads the worklet module into a context, once. A failure may be tried again. */
export function loadWorklet(context: AnyAudioContext, workletUrl?: ScriptUrl): Promise<MakeWorkletNode> {
  const key = rawContextOf(context);
  let loaded = loading.get(key);
  if (!loaded) {
    loaded = loadModule(context, workletUrl ? [workletUrl] : embeddedWorklet(), workletUrl);
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
export function startWorker(workerUrl?: ScriptUrl): Worker {
  workerBlob ??= workerUrl ? undefined : blobUrl(worker);
  try {
    // As the DOM library declares it, no TrustedScriptURL is taken.
    return new Worker((workerUrl ?? workerBlob!) as string | URL, { name: 'nmf-separator' });
  } catch (error) {
    throw loadError('worker', workerUrl, error);
  }
}

function blobUrl(code: string): string {
  return trustedUrl(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
}

function dataUrl(code: string): string {
  return trustedUrl(`data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`);
}
