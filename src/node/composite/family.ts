import { type AnyAudioContext, isNative, rawContextOf } from '../context/contextFamily.ts';

type GainNodeClass = new (context: BaseAudioContext, options: GainOptions) => GainNode;
type SeparatorClass = abstract new (...args: never[]) => object;

/** For each family, by the prototype of its nodes: what separator nodes of a class inherit from. */
const prototypes = new WeakMap<object, WeakMap<SeparatorClass, object>>();

/**
 * A GainNode of the context's family that inherits from a separator class instead. It can be wired at once, while its
 * worklet still loads: it is the input of the separator.
 *
 * @param Made the class that was called with `new`
 * @param Root the class that all separator classes extend
 */
export function makeInput(context: AnyAudioContext, options: GainOptions, Made: SeparatorClass, Root: SeparatorClass) {
  const raw = rawContextOf(context);
  const Gain = raw.createGain().constructor as GainNodeClass;
  const node = new Gain(raw, options);
  // That of its AudioNode: a separator has no gain.
  const base: AudioNode = Object.getPrototypeOf(Gain.prototype);
  Object.setPrototypeOf(node, prototypeFor(base, Made, Root));
  // Workaround 1: standardized-audio-context reads the `gain` of every GainNode that it renders offline. It gets that of
  // another node, which nothing is connected to: by its own, the components would no longer add up to the input.
  if (!isNative(raw)) Object.defineProperty(node, 'gain', { value: raw.createGain().gain });
  return { node: node as AudioNode, base };
}

function prototypeFor(base: AudioNode, Made: SeparatorClass, Root: SeparatorClass): object {
  if (base === globalThis.AudioNode?.prototype) {
    // The browser's own family: separator classes extend AudioNode, as far as anyone can see.
    if (Object.getPrototypeOf(Root.prototype) !== base) extend(Root, base);
    return Made.prototype;
  }
  // Node tells an EventTarget by what its class inherits.
  if (!globalThis.AudioNode) Object.setPrototypeOf(Root, base.constructor);
  const ofFamily = prototypes.get(base) ?? new WeakMap<SeparatorClass, object>();
  const prototype = ofFamily.get(Made) ?? joined(base, Made.prototype, Root.prototype);
  prototypes.set(base, ofFamily.set(Made, prototype));
  return prototype;
}

/** What `class Root extends AudioNode` would have done; but importing the package must not need that class. */
function extend(Root: SeparatorClass, base: object): void {
  Object.setPrototypeOf(Root, base.constructor);
  Object.setPrototypeOf(Root.prototype, base);
}

/**
 * A prototype with everything that a separator class and the nodes of a family have, also what the class is given later.
 * No object can inherit from both.
 */
function joined(base: object, own: object, root: object): object {
  /** Which of the two has a member. */
  const ownerOf = (key: PropertyKey): object => {
    for (let owner = own; ; owner = Object.getPrototypeOf(owner)) {
      if (Object.hasOwn(owner, key)) return owner;
      if (owner === root) return base;
    }
  };
  return new Proxy(Object.create(base), {
    has: (_target, key) => Reflect.has(ownerOf(key), key),
    get: (_target, key, receiver) => Reflect.get(ownerOf(key), key, receiver),
    set: (_target, key, value, receiver) => Reflect.set(ownerOf(key), key, value, receiver),
  });
}
