/** Resolves to the first thing that a worklet node's processor sends. */
export function firstMessage(node: AudioWorkletNode): Promise<unknown> {
  return new Promise((resolve) => {
    node.port.onmessage = ({ data }) => resolve(data);
  });
}
