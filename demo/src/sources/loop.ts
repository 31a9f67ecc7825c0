import type { Source } from './Source.ts';

export function loopOf(title: string, clip: AudioBuffer, context: AudioContext): Source {
  const node = new AudioBufferSourceNode(context, { buffer: clip, loop: true });
  node.start();
  return { title, node, clip, feedsBack: false, stop: () => node.stop() };
}
