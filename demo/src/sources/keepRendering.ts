/**
 * Connects a node to the destination, silently, until it is disconnected. Browsers stand still what leads nowhere: a
 * source that is not heard yet would lag behind the clock.
 */
export function keepRendering(node: AudioNode): void {
  const { context } = node;
  node.connect(new GainNode(context, { gain: 0 })).connect(context.destination);
}
