import code from 'virtual:threads';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { loadError } from '../errors.ts';
import { addressOf, makeWorker, workletAddresses } from '../platform/browser.ts';
import { type AnyAudioContext, loadModule, type MakeWorkletNode, rawContextOf } from './contextFamily.ts';

/** The same addresses for the life of the page: standardized-audio-context caches modules by address. */
let embeddedWorklet: string[] | undefined;

const loading = new WeakMap<object, Promise<MakeWorkletNode>>();

/** Loads the worklet module into a context, once. A failure may be tried again. */
export function loadWorklet(context: AnyAudioContext, workletUrl?: ScriptUrl): Promise<MakeWorkletNode> {
  const key = rawContextOf(context);
  let loaded = loading.get(key);
  if (!loaded) {
    loaded = loadModule(context, addressesOf(workletUrl), workletUrl);
    loading.set(key, loaded);
    loaded.catch(() => loading.delete(key));
  }
  return loaded;
}

function addressesOf(workletUrl: ScriptUrl | undefined): readonly ScriptUrl[] {
  if (workletUrl) return [addressOf(workletUrl)];
  embeddedWorklet ??= workletAddresses(code);
  return embeddedWorklet;
}

/** Starts a worker. Whether its script was allowed shows only when it answers, or fails. */
export function startWorker(workerUrl?: ScriptUrl): Worker {
  try {
    return makeWorker(code, workerUrl);
  } catch (error) {
    throw loadError('worker', workerUrl, error);
  }
}
