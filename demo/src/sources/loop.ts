import type { Source } from './Source.ts';

/** Plays a recording in a loop. */
export function loopOf(title: string, clip: AudioBuffer, context: AudioContext): Source {
  const node = new AudioBufferSourceNode(context, { buffer: clip, loop: true });
  node.start();
  return { title, node, clip, feedsBack: false, stop: () => node.stop() };
}
