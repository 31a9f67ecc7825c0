import { destinationOf, isDestination, isParam } from './destination.ts';

/** The K outputs of a node: GainNodes that the worklet plays into, and that the user's graph hangs on. Also their sum. */
export class Outputs {
  /** Output k as a node of its own. */
  readonly nodes: readonly GainNode[];
  /** The sum of the components, before their faders. */
  readonly dry: GainNode;

  constructor(context: BaseAudioContext, count: number) {
    this.nodes = Object.freeze(Array.from({ length: count }, () => withToneDestinations(context.createGain())));
    this.dry = withToneDestinations(context.createGain());
  }

  /** `AudioNode.connect`, every overload. */
  connect(destination: unknown, output?: unknown, input?: unknown): unknown {
    const node = this.#output(output);
    if (input === undefined) node.connect(destination as AudioNode);
    else node.connect(destination as AudioNode, 0, toIndex(input));
    return returnedFor(destination);
  }

  /** `AudioNode.disconnect`, every overload: which one it is depends on how many arguments there are. */
  disconnect(...args: readonly unknown[]): void {
    const [first, output, input] = args;
    if (args.length === 0) for (const node of this.nodes) node.disconnect();
    else if (args.length === 1 && !isDestination(first)) this.#output(first).disconnect();
    else if (args.length === 1) this.#disconnectAllFrom(first as AudioNode);
    else if (args.length === 2) this.#output(output).disconnect(first as AudioNode, 0);
    else this.#output(output).disconnect(first as AudioNode, 0, toIndex(input));
  }

  /** @throws {IndexSizeError} where there is no such output */
  #output(value: unknown): GainNode {
    const index = toIndex(value);
    const node = this.nodes[index];
    if (node) return node;
    throw new DOMException(
      `output: ${String(value)} given, but this node has outputs 0 to ${this.nodes.length - 1}.`,
      'IndexSizeError',
    );
  }

  /** Like a native node: an error only when no output at all was connected. */
  #disconnectAllFrom(destination: AudioNode): void {
    let refusal: unknown;
    let refusals = 0;
    for (const node of this.nodes) {
      try {
        node.disconnect(destination);
      } catch (error) {
        refusal = error;
        refusals++;
      }
    }
    if (refusals === this.nodes.length) throw refusal;
  }
}

/** As methods are: tools may wrap them. */
const REPLACEABLE = { configurable: true, writable: true } as const;

/** Lets a node of any family be connected to what Tone.js makes, too. */
function withToneDestinations(node: GainNode): GainNode {
  const { connect, disconnect } = node;
  const call = (method: (...args: never[]) => unknown, [destination, ...indexes]: readonly unknown[]) =>
    Reflect.apply(method, node, [destinationOf(destination), ...indexes]);
  return Object.defineProperties(node, {
    connect: {
      ...REPLACEABLE,
      value(...args: readonly unknown[]) {
        explained(() => call(connect, args));
        return returnedFor(args[0]);
      },
    },
    disconnect: {
      ...REPLACEABLE,
      value(...args: readonly unknown[]) {
        if (isDestination(args[0])) call(disconnect, args);
        else Reflect.apply(disconnect, node, args);
      },
    },
  });
}

/** standardized-audio-context refuses nodes of other contexts without a word. */
function explained(connect: () => unknown): void {
  try {
    connect();
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'InvalidAccessError' || message !== '') throw error;
    throw new DOMException('destination: it belongs to another context.', name);
  }
}

/** What `connect` returns: the destination, to be connected on; nothing for an AudioParam. */
function returnedFor(destination: unknown): unknown {
  const target = destinationOf(destination);
  return target === destination && isParam(target) ? undefined : destination;
}

/** As Web IDL converts to `unsigned long`. @throws {TypeError} for a BigInt or a symbol */
function toIndex(value: unknown): number {
  return +(value as number) >>> 0;
}
