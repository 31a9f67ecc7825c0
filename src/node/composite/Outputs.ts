/** The K outputs of a node: GainNodes that the worklet plays into, and that the user's graph hangs on. */
export class Outputs {
  /** Output k as a node of its own. */
  readonly nodes: readonly GainNode[];

  constructor(context: BaseAudioContext, count: number) {
    this.nodes = Object.freeze(Array.from({ length: count }, () => context.createGain()));
  }

  /** `AudioNode.connect`, every overload. */
  connect(destination: AudioNode | AudioParam, output = 0, input?: number): AudioNode | undefined {
    const node = this.#output(output);
    if (isParam(destination)) {
      node.connect(destination);
      return undefined;
    }
    if (input === undefined) node.connect(destination);
    else node.connect(destination, 0, input);
    return destination;
  }

  /** `AudioNode.disconnect`, every overload. */
  disconnect(destinationOrOutput?: AudioNode | AudioParam | number, output?: number, input?: number): void {
    if (destinationOrOutput === undefined) for (const node of this.nodes) node.disconnect();
    else if (typeof destinationOrOutput === 'number') this.#output(destinationOrOutput).disconnect();
    else if (output === undefined) this.#disconnectAllFrom(destinationOrOutput);
    else disconnectFrom(this.#output(output), destinationOrOutput, input);
  }

  /** @throws {IndexSizeError} where there is no such output */
  #output(index: number): GainNode {
    const node = this.nodes[index];
    if (node) return node;
    throw new DOMException(
      `output: ${index} given, but this node has outputs 0 to ${this.nodes.length - 1}.`,
      'IndexSizeError',
    );
  }

  /** Like a native node: an error only when no output at all was connected. */
  #disconnectAllFrom(destination: AudioNode | AudioParam): void {
    let refusal: unknown;
    let refusals = 0;
    for (const node of this.nodes) {
      try {
        node.disconnect(destination as AudioNode);
      } catch (error) {
        refusal = error;
        refusals++;
      }
    }
    if (refusals === this.nodes.length) throw refusal;
  }
}

function disconnectFrom(node: GainNode, destination: AudioNode | AudioParam, input?: number): void {
  if (isParam(destination)) node.disconnect(destination, 0);
  else if (input === undefined) node.disconnect(destination, 0);
  else node.disconnect(destination, 0, input);
}

function isParam(destination: object): destination is AudioParam {
  return 'setValueAtTime' in destination;
}
