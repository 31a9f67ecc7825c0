import { type ChosenOptions, chosenOptionsOf, type Settings } from '../state/settings.ts';

/** What is played: a clip, with the sounds that teach its components, if it is not learned from itself; or a live source */
export type SnippetSound =
  | { readonly kind: 'clip'; readonly url: string; readonly lessons: readonly string[] }
  | { readonly kind: 'microphone' | 'tab' };

export interface SnippetInput {
  readonly settings: Settings;
  readonly sound: SnippetSound;
  /** Gain of each component */
  readonly gains: readonly number[];
}

/** Seconds that a live source is listened to */
const LISTENED = 10;

/** A program that does what the page does now, in twelve lines. */
export function snippetOf({ settings, sound, gains }: SnippetInput): string {
  const { node, learning } = chosenOptionsOf(settings);
  const levels = gains.slice(0, settings.components).map((gain) => Number(gain.toFixed(2)));
  return `import { NMFSeparatorNode } from 'nmf-separator-node';

const context = new AudioContext({ sampleRate: 44100 });
${sourceOf(sound)}
const separator = new NMFSeparatorNode(context, ${written(node)});
source.connect(separator);
for (const [k, level] of [${levels.join(', ')}].entries()) separator.components[k].gain.value = level;
for (const component of separator.components) component.connect(context.destination);
${learned(sound, learning)}
`;
}

/** The lines that make the source node */
function sourceOf(sound: SnippetSound): string {
  if (sound.kind === 'clip')
    return `const load = async (url) => context.decodeAudioData(await (await fetch(url)).arrayBuffer());
const clip = await load(${quoted(sound.url)});
const source = new AudioBufferSourceNode(context, { buffer: clip, loop: true });`;
  const call = sound.kind === 'microphone' ? 'getUserMedia({ audio })' : 'getDisplayMedia({ video: true, audio })';
  return `const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const mediaStream = await navigator.mediaDevices.${call};
const source = new MediaStreamAudioSourceNode(context, { mediaStream });`;
}

/** The lines that start the source and learn */
function learned(sound: SnippetSound, learning: ChosenOptions): string {
  if (sound.kind !== 'clip')
    return `await context.resume();
await separator.learn(await separator.listen(${LISTENED})${further(learning)});`;
  const { clustering: _, ...taught } = learning;
  const { lessons } = sound;
  const all = `await Promise.all([${lessons.map(quoted).join(', ')}].map(load))`;
  return `source.start();
await separator.learn(${lessons.length > 0 ? `${all}${further(taught)}` : `clip${further(learning)}`});`;
}

/** A second argument, if there are options */
function further(options: ChosenOptions): string {
  return Object.keys(options).length > 0 ? `, ${written(options)}` : '';
}

/** Options as they are written in a program */
function written(options: ChosenOptions): string {
  const members = Object.entries(options).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? quoted(value) : value}`,
  );
  return `{ ${members.join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
