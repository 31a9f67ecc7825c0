import { type AnyAudioContext, isNative, rawContextOf } from '../context/contextFamily.ts';
import type { Settings } from '../options/resolveOptions.ts';
import { Separator } from '../Separator.ts';
import { Outputs } from './Outputs.ts';

/** What stands behind a node: its members find it by the node itself. */
export interface Parts {
  readonly separator: Separator;
  readonly outputs: Outputs;
  readonly maskExponent: AudioParam;
  /** Resolves to the node. */
  readonly ready: Promise<never>;
  /** What `gain` shows: see `SeparatorMembers`. */
  readonly idleGain: AudioParam | undefined;
}

/** The input of a node: the GainNode that it extends. */
export interface Input {
  connect(destination: AudioNode): void;
  disconnect(): void;
}

const partsOfNodes = new WeakMap<object, Parts>();

/** @throws {TypeError} for what is no separator node, as a native member does on an object of another class */
export function partsOf(node: object): Parts {
  const parts = partsOfNodes.get(node);
  if (!parts) throw new TypeError('Illegal invocation: this is not an NMFSeparatorNode.');
  return parts;
}

export function isSeparatorNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && partsOfNodes.has(value);
}

/** Makes everything behind a node, and starts loading. */
export function makeParts(node: EventTarget, context: AnyAudioContext, settings: Settings, input: Input): void {
  const raw = rawContextOf(context);
  const outputs = new Outputs(raw, settings.components);
  const exponent = raw.createConstantSource();
  exponent.offset.value = settings.maskExponent;
  exponent.start();
  const separator = new Separator(context, settings, {
    connectInput: (worklet) => input.connect(worklet),
    disconnectInput: () => input.disconnect(),
    exponent,
    outputs: outputs.nodes,
    dispatch: (event) => node.dispatchEvent(event),
  });
  const ready = separator.loaded.then(() => node as never);
  ready.catch(() => {});
  const idleGain = isNative(raw) ? undefined : raw.createGain().gain;
  partsOfNodes.set(node, { separator, outputs, maskExponent: exponent.offset, ready, idleGain });
}
