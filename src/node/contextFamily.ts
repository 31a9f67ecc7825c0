import { loadError } from './errors.ts';

/**
 * Three families of contexts make their own nodes: the browser's, standardized-audio-context's, and Tone.js's wrapper
 * around the latter. Nodes of two families cannot be connected, so everything inside a separator comes from the family
 * of its context. Contexts are told apart by what they have: `instanceof` fails across frames and between copies.
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
    `context: ${String(context)} given; it must be an AudioContext or OfflineAudioContext of the browser, of standardized-audio-context or of Tone.js.`,
  );
}

/** Whether the context plays in real time. */
export function isLive(context: AnyAudioContext): boolean {
  return !('startRendering' in rawContextOf(context));
}

export type MakeWorkletNode = (name: string, options: AudioWorkletNodeOptions) => AudioWorkletNode;

/**
 * Adds the module to the context, and tells how its nodes are made.
 *
 * @param urls addresses of the same module, to be tried in turn
 */
export async function loadModule(
  context: AnyAudioContext,
  urls: readonly string[],
  workletUrl?: string | URL,
): Promise<MakeWorkletNode> {
  const raw = rawContextOf(context);
  if (isNative(raw)) {
    await firstOf(urls, (url) => raw.audioWorklet.addModule(url), workletUrl);
    return (name, options) => new AudioWorkletNode(raw, name, options);
  }
  if (isToneContext(context)) {
    await firstOf(urls, (url) => context.addAudioWorkletModule(url), workletUrl);
    return (name, options) => context.createAudioWorkletNode(name, options);
  }
  const { addAudioWorkletModule, AudioWorkletNode: StandardizedNode } = await import('standardized-audio-context');
  const standardized = raw as unknown as Parameters<NonNullable<typeof addAudioWorkletModule>>[0];
  if (!addAudioWorkletModule || !StandardizedNode)
    throw new Error('standardized-audio-context offers no AudioWorklet here: it needs a secure context.');
  await firstOf(urls, (url) => addAudioWorkletModule(standardized, url), workletUrl);
  return (name, options) => new StandardizedNode(standardized, name, options as never) as unknown as AudioWorkletNode;
}

/** By its class string, which is the same across frames; the other families' contexts are plain objects. */
export function isNative(context: BaseAudioContext): boolean {
  return /AudioContext\]$/.test(Object.prototype.toString.call(context));
}

async function firstOf(
  urls: readonly string[],
  load: (url: string) => Promise<void>,
  workletUrl?: string | URL,
): Promise<void> {
  let cause: unknown;
  for (const url of urls) {
    try {
      return await load(url);
    } catch (error) {
      cause ??= error;
    }
  }
  throw loadError('worklet', workletUrl, cause);
}
