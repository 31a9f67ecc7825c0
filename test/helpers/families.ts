import {
  AudioContext as StandardizedContext,
  OfflineAudioContext as StandardizedOffline,
} from 'standardized-audio-context';
import * as Tone from 'tone';
import umdUrl from '../../node_modules/tone/build/Tone.js?url';
import { connect, once, rawOf, renderIn, running } from './contexts.ts';
import type { Family } from './familyContract.ts';

/** Context families with an OfflineAudioContext constructor */
export const OFFLINE_FAMILIES: readonly [
  string,
  (channels: number, length: number, rate: number) => OfflineAudioContext,
][] = [
  ['native', (channels, length, rate) => new OfflineAudioContext(channels, length, rate)],
  [
    'standardized-audio-context',
    (numberOfChannels, length, sampleRate) =>
      new StandardizedOffline({ numberOfChannels, length, sampleRate }) as unknown as OfflineAudioContext,
  ],
];

const liveNative = once(() => running(new AudioContext()));
const liveStandardized = once(() => running(new StandardizedContext()));
const liveTone = once(async () => {
  await Tone.start();
  return Tone.getContext();
});
/** The global object of a same-origin iframe */
export const iframe = once(iframeWindow);
const liveFrame = once(async () => running(new (await iframe()).AudioContext()));
const umd = once(toneOfScript);

/** It throws an Error, where browsers throw a TypeError, as separators do. */
const STANDARDIZED_MISTAKES = ['connect to an object that is not a node'];

export const FAMILIES: readonly Family[] = [
  { name: 'native', connect, live: liveNative, render: renderIn(OFFLINE_FAMILIES[0][1]) },
  {
    name: 'standardized-audio-context',
    connect,
    live: liveStandardized,
    render: renderIn(OFFLINE_FAMILIES[1][1]),
    unlikeTheStandard: STANDARDIZED_MISTAKES,
  },
  {
    name: 'Tone.getContext() and Tone.Offline',
    connect: Tone.connect,
    live: liveTone,
    render: renderInTone(() => Tone),
    unlikeTheStandard: STANDARDIZED_MISTAKES,
  },
  {
    name: 'Tone.getContext().rawContext',
    connect: Tone.connect,
    live: async () => (await liveTone()).rawContext,
    unlikeTheStandard: STANDARDIZED_MISTAKES,
    render: (channels, seconds, sampleRate, build) =>
      renderInTone(() => Tone)(channels, seconds, sampleRate, (context) => build(rawOf(context))),
  },
  {
    name: 'Tone.setContext(new AudioContext())',
    connect: Tone.connect,
    live: async () => {
      Tone.setContext(await liveNative());
      return Tone.getContext();
    },
    async render(channels, seconds, sampleRate, build) {
      const context = new Tone.OfflineContext(new OfflineAudioContext(channels, seconds * sampleRate, sampleRate));
      await build(context);
      return (await context.render()).get()!;
    },
  },
  {
    name: "Tone.js's own copy of standardized-audio-context (UMD)",
    connect,
    live: async () => {
      await (await umd()).start();
      return (await umd()).getContext();
    },
    render: renderInTone(umd),
    unlikeTheStandard: STANDARDIZED_MISTAKES,
  },
  {
    name: 'a same-origin iframe',
    connect,
    live: liveFrame,
    async render(channels, seconds, sampleRate, build) {
      const { OfflineAudioContext } = await iframe();
      return renderIn((...layout) => new OfflineAudioContext(...layout))(channels, seconds, sampleRate, build);
    },
  },
];

function renderInTone(tone: () => typeof Tone | Promise<typeof Tone>): Family['render'] {
  return async (channels, seconds, sampleRate, build) =>
    (await (await tone()).Offline(build, seconds, channels, sampleRate)).get()!;
}

async function iframeWindow(): Promise<typeof globalThis> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  frame.srcdoc = '<!doctype html>';
  document.body.append(frame);
  await loaded;
  return frame.contentWindow as unknown as typeof globalThis;
}

/** Tone.js's UMD build, which bundles its own copy of standardized-audio-context. */
async function toneOfScript(): Promise<typeof Tone> {
  const script = document.createElement('script');
  script.src = umdUrl;
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
  });
  document.head.append(script);
  await loaded;
  return (globalThis as unknown as { Tone: typeof Tone }).Tone;
}
