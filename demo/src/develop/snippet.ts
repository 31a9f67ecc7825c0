import { chosenOptionsOf, type Settings } from '../state/settings.ts';

/** What the snippet plays, what it learns from, and how loud each part is. */
export interface SnippetInput {
  readonly settings: Settings;
  /** Address of the clip */
  readonly clip: string;
  /** Addresses of the sounds that teach the components. Empty: they are learned from the clip. */
  readonly lessons: readonly string[];
  /** Gain of each component */
  readonly gains: readonly number[];
}

/** A program that does what the page does now, in twelve lines. */
export function snippetOf({ settings, clip, lessons, gains }: SnippetInput): string {
  const { node, learning } = chosenOptionsOf(settings);
  const levels = gains.slice(0, settings.components).map((gain) => Number(gain.toFixed(2)));
  return `import { NMFSeparatorNode } from 'nmf-separator-node';

const context = new AudioContext({ sampleRate: 44100 });
const load = async (url) => context.decodeAudioData(await (await fetch(url)).arrayBuffer());
const clip = await load(${quoted(clip)});
const source = new AudioBufferSourceNode(context, { buffer: clip, loop: true });
const separator = new NMFSeparatorNode(context, ${written(node)});
source.connect(separator);
for (const [k, level] of [${levels.join(', ')}].entries()) separator.components[k].gain.value = level;
for (const component of separator.components) component.connect(context.destination);
source.start();
await separator.learn(${lessons.length > 0 ? taught(lessons, learning) : `clip${further(learning)}`});
`;
}

function taught(lessons: readonly string[], { seed }: Readonly<Record<string, string | number>>): string {
  const options = seed === undefined ? '' : further({ seed });
  return `await Promise.all([${lessons.map(quoted).join(', ')}].map(load))${options}`;
}

/** A second argument, if there are options */
function further(options: Readonly<Record<string, string | number>>): string {
  return Object.keys(options).length > 0 ? `, ${written(options)}` : '';
}

/** Options as they are written in a program */
function written(options: Readonly<Record<string, string | number>>): string {
  const members = Object.entries(options).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? quoted(value) : value}`,
  );
  return `{ ${members.join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
