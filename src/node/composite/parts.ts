import { type AnyAudioContext, rawContextOf } from '../context/contextFamily.ts';
import type { Settings } from '../options/resolveOptions.ts';
import { Separator } from '../Separator.ts';
import { EventHandlers } from './EventHandlers.ts';
import { MaskExponent } from './maskExponent.ts';
import { Outputs } from './Outputs.ts';

/** What a node is made of. */
interface Making {
  readonly context: AnyAudioContext;
  readonly settings: Settings;
  /** The prototype of the family's nodes. */
  readonly base: AudioNode;
  /** The class that was called with `new`. */
  readonly made: object;
}

/** What stands behind a node: its members find it by the node itself. */
interface Parts extends Pick<Making, 'base' | 'made'> {
  readonly separator: Separator;
  readonly outputs: Outputs;
  readonly maskExponent: AudioParam;
  readonly handlers: EventHandlers;
  /** Resolves to the node. */
  readonly ready: Promise<never>;
}

const partsOfNodes = new WeakMap<object, Parts>();

/** @throws {TypeError} for what is no separator node, as a native member does on an object of another class */
export function partsOf(node: object): Parts {
  const parts = partsOfNodes.get(node);
  if (!parts) throw new TypeError('Illegal invocation: this is not an NMFSeparatorNode.');
  return parts;
}

/** Whether a value is a separator node that was made by a class or by one that extends it. */
export function isMadeBy(Class: object, value: unknown): boolean {
  let made: object | null | undefined = partsOfNodes.get(value as object)?.made;
  while (made && made !== Class) made = Object.getPrototypeOf(made);
  return made === Class;
}

/** Makes everything behind a node, and starts loading. */
export function makeParts(node: AudioNode, { context, settings, base, made }: Making): void {
  const raw = rawContextOf(context);
  const outputs = new Outputs(raw, settings.components);
  const exponent = raw.createConstantSource();
  exponent.start();
  const maskExponent = new MaskExponent(exponent, settings.maskExponent);
  const separator = new Separator(context, settings, {
    // Those of the node's own output, which `connect` does not reach.
    connectInput: (worklet) => Reflect.apply(base.connect, node, [worklet]),
    disconnectInput: () => Reflect.apply(base.disconnect, node, []),
    exponent,
    followModel: (model) => maskExponent.follow(model),
    outputs: outputs.nodes,
    dry: outputs.dry,
    dispatch: (event) => node.dispatchEvent(event),
  });
  const ready = separator.loaded.then(() => node as never);
  ready.catch(() => {});
  const handlers = new EventHandlers(node);
  partsOfNodes.set(node, { base, made, separator, outputs, maskExponent: maskExponent.param, handlers, ready });
}
