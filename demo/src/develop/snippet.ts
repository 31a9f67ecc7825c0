import { chosenOptionsOf, type Settings } from '../state/settings.ts';

/** What the snippet plays, and how loud each part is. */
export interface SnippetInput {
  readonly settings: Settings;
  /** Address of the clip */
  readonly clip: string;
  /** Gain of each component */
  readonly gains: readonly number[];
}

/** A program that does what the page does now, in about twelve lines. */
export function snippetOf({ settings, clip, gains }: SnippetInput): string {
  const { node, learning } = chosenOptionsOf(settings);
  const options = Object.keys(learning).length > 0 ? `, ${written(learning)}` : '';
  const levels = gains.slice(0, settings.components).map((gain) => Number(gain.toFixed(2)));
  return `import { NMFSeparatorNode } from 'nmf-separator-node';

const context = new AudioContext({ sampleRate: 44100 });
const response = await fetch('${clip}');
const clip = await context.decodeAudioData(await response.arrayBuffer());
const source = new AudioBufferSourceNode(context, { buffer: clip, loop: true });
const separator = new NMFSeparatorNode(context, ${written(node)});
source.connect(separator);
for (const [k, level] of [${levels.join(', ')}].entries()) {
  separator.components[k].gain.value = level;
  separator.components[k].connect(context.destination);
}
source.start();
await separator.learn(clip${options});
`;
}

/** Options as they are written in a program */
function written(options: Readonly<Record<string, string | number>>): string {
  const members = Object.entries(options).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : value}`,
  );
  return `{ ${members.join(', ')} }`;
}
