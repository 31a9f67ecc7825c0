import type { NMFSeparatorNode } from 'nmf-separator-node';
import { makeRecorder } from './recorder.ts';
import { play, sumOf } from './rendering.ts';
import { difference, levelBelow, threeSources } from './signals.ts';

/**
 * Plays a mixture through a node while something is done.
 *
 * @returns level of (sum of the components − input, delayed by `latency`) in dB
 */
export async function differenceWhile(
  context: AudioContext,
  separator: NMFSeparatorNode,
  during: () => Promise<unknown>,
): Promise<number> {
  const recorder = await makeRecorder(context, 2, 14);
  await separator.ready;
  const merger = context.createChannelMerger(2);
  for (const component of separator.components) component.connect(merger, 0, 1);
  merger.connect(recorder.node);
  const source = play(context, sumOf(threeSources(context.sampleRate, 2)), separator, merger);
  source.loop = true;
  await during();
  const { tracks, written } = await recorder.stop();
  source.stop();
  const delay = Math.round(separator.latency * context.sampleRate);
  const input = tracks[0].slice(0, written - delay);
  return levelBelow(input, difference(tracks[1].slice(delay, written), input));
}
