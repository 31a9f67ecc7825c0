import { BLOCK } from '../../dsp/live/LiveLayout.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { loadError } from '../errors.ts';
import type { Rendering } from '../options/resolveOptions.ts';
import { prepareWorklets } from '../platform/browser.ts';

/**
 * Four families of contexts make their own nodes: the browser's, standardized-audio-context's, Tone.js's wrapper around the
 * latter, and in Node those of node-web-audio-api, which look like the browser's and are treated like them. Nodes of two
 * families cannot be connected, so everything inside a separator comes from the family of its context. Contexts are told
 * apart by what they have: `instanceof` fails across frames and between copies.
 */

/** What every family's context has, as far as it is used here. */
export interface AnyAudioContext {
  /** Hz */
  readonly sampleRate: number;
  /** Seconds. */
  readonly currentTime: number;
  /** `'running'`, `'suspended'` or `'closed'`. */
  readonly state: string;
  /** The node is built on what this makes. */
  createGain(): object;
  /** Drives `maskExponent`. */
  createConstantSource(): object;
  /** Told of `statechange`: a closed context ends what waits. */
  addEventListener?(type: string, listener: () => void): void;
}

interface ToneContext extends AnyAudioContext {
  readonly rawContext: AnyAudioContext;
  addAudioWorkletModule(url: string): Promise<void>;
  createAudioWorkletNode(name: string, options: AudioWorkletNodeOptions): AudioWorkletNode;
}

export function isToneContext(context: AnyAudioContext): context is ToneContext {
  return 'rawContext' in context && 'createAudioWorkletNode' in context;
}

/** The context whose nodes are wired inside: what a Tone.js wrapper wraps, otherwise the context itself. */
export function rawContextOf(context: AnyAudioContext): BaseAudioContext {
  return (isToneContext(context) ? context.rawContext : context) as unknown as BaseAudioContext;
}

/** @throws {TypeError} for anything that is not an audio context */
export function checkContext(context: unknown): asserts context is AnyAudioContext {
  const candidate = context as Partial<AnyAudioContext> | null | undefined;
  if (typeof candidate?.createGain === 'function' && typeof candidate.sampleRate === 'number') return;
  throw new TypeError(
    `context: ${String(context)} given; it must be an AudioContext or OfflineAudioContext of the browser, of standardized-audio-context, of Tone.js or, in Node, of node-web-audio-api.`,
  );
}

/** Whether the context plays in real time. */
export function isLive(context: AnyAudioContext): boolean {
  return !('startRendering' in rawContextOf(context));
}

/** What the context tells of how it renders. */
export function renderingOf(context: AnyAudioContext): Rendering {
  const { sampleRate } = context;
  // TypeScript's DOM library does not have the Web Audio API 1.1 yet, and offline contexts have no latency.
  const inside = nativeContextOf(context) as { renderQuantumSize?: number; baseLatency?: number };
  const { renderQuantumSize: quantumSize = BLOCK, baseLatency = 0 } = inside;
  const burst = Math.max(quantumSize, Math.round(baseLatency * sampleRate));
  return { sampleRate, live: isLive(context), quantumSize, burst };
}

/** The browser's context inside: standardized-audio-context hides what it does not know. */
function nativeContextOf(context: AnyAudioContext): BaseAudioContext {
  const raw = rawContextOf(context);
  return (raw as { _nativeContext?: BaseAudioContext })._nativeContext ?? raw;
}

export type MakeWorkletNode = (name: string, options: AudioWorkletNodeOptions) => AudioWorkletNode;

/** A family's way to worklets. */
interface Worklets {
  addModule(url: string): Promise<void>;
  readonly makeNode: MakeWorkletNode;
}

/**
 * Adds the module to the context, and tells how its nodes are made.
 *
 * @param urls addresses of the same module, to be tried in turn
 */
export async function loadModule(
  context: AnyAudioContext,
  urls: readonly ScriptUrl[],
  workletUrl?: ScriptUrl,
): Promise<MakeWorkletNode> {
  const { addModule, makeNode } = await workletsOf(context);
  // Workaround 10: standardized-audio-context starts every module from a blob:, which a policy may forbid and WebKitGTK
  // may lock up over. The browser's context inside takes the address itself.
  const inside = nativeContextOf(context);
  const add = inside.audioWorklet ? (url: string) => inside.audioWorklet.addModule(url) : addModule;
  await firstOf(urls, add, workletUrl);
  return makeNode;
}

async function workletsOf(context: AnyAudioContext): Promise<Worklets> {
  const raw = rawContextOf(context);
  if (isNative(raw)) return nativeWorklets(raw);
  if (isToneContext(context))
    return {
      addModule: (url) => context.addAudioWorkletModule(url),
      makeNode: (name, options) => context.createAudioWorkletNode(name, options),
    };
  return standardizedWorklets(raw);
}

async function nativeWorklets(context: BaseAudioContext): Promise<Worklets> {
  if (!context.audioWorklet) throw insecure('This page');
  const WorkletNode = await prepareWorklets(context);
  return {
    addModule: (url) => context.audioWorklet.addModule(url),
    makeNode: (name, options) => new WorkletNode(context, name, options),
  };
}

async function standardizedWorklets(raw: BaseAudioContext): Promise<Worklets> {
  const { addAudioWorkletModule, AudioWorkletNode: StandardizedNode } = await importStandardized();
  if (!addAudioWorkletModule || !StandardizedNode) throw insecure('standardized-audio-context');
  const context = raw as unknown as Parameters<typeof addAudioWorkletModule>[0];
  return {
    addModule: (url) => addAudioWorkletModule(context, url),
    makeNode: (name, options) => new StandardizedNode(context, name, options as never) as unknown as AudioWorkletNode,
  };
}

/** Not before it is needed, so that bundlers keep it in a file of its own. A page without a bundler may not have it. */
async function importStandardized() {
  try {
    return await import('standardized-audio-context');
  } catch (error) {
    throw new Error('A context of standardized-audio-context needs that package: name it in the import map.', {
      cause: error,
    });
  }
}

function insecure(who: string): Error {
  return new Error(`${who} offers no AudioWorklet: browsers have it on https: pages and on localhost only.`);
}

/** By its class string, which is the same across frames; the other families' contexts are plain objects. */
export function isNative(context: BaseAudioContext): boolean {
  return /AudioContext\]$/.test(Object.prototype.toString.call(context));
}

async function firstOf(
  urls: readonly ScriptUrl[],
  load: (url: string) => Promise<void>,
  workletUrl?: ScriptUrl,
): Promise<void> {
  let cause: unknown;
  for (const url of urls) {
    try {
      // Not as a string if it is a TrustedScriptURL, which would lose its trust.
      return await load(url as string);
    } catch (error) {
      cause ??= error;
    }
  }
  throw loadError('worklet', workletUrl, cause);
}
