import { NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { afterEach } from 'vitest';

/** Makes mono nodes, and disposes of each at the end of its test. */
export function temporaryNodes() {
  const nodes: NMFSeparatorNode[] = [];
  afterEach(() => {
    for (const node of nodes.splice(0)) node.dispose();
  });
  return (context: BaseAudioContext, options: NMFSeparatorOptions = {}): NMFSeparatorNode => {
    const node = new NMFSeparatorNode(context, { channelCount: 1, ...options });
    nodes.push(node);
    return node;
  };
}
