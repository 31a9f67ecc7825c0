import type { NMFSeparatorNode } from 'nmf-separator-node';
import { element } from './element.ts';

export function showStatistics(node: NMFSeparatorNode): void {
  const { lateFrames, framesIn, load } = node.statistics;
  show('latency', `${(1000 * node.latency).toFixed(1)} ms`);
  show('late-frames', `${lateFrames} of ${framesIn}`);
  show('load', `${(100 * load).toFixed(1)} %`);
  show('isolated', crossOriginIsolated ? 'shared memory (isolated)' : 'message port (not isolated)');
}

function show(id: string, text: string): void {
  const output = element(id, HTMLElement);
  // Setting the same text again would clear the user's selection.
  if (output.textContent !== text) output.textContent = text;
}
