import type { AnyAudioContext } from 'nmf-separator-node';
import {
  AudioContext as StandardizedContext,
  OfflineAudioContext as StandardizedOffline,
} from 'standardized-audio-context';
import * as Tone from 'tone';
import umdUrl from '../../node_modules/tone/build/Tone.js?url';

/** A kind of audio context. Nodes of one family connect to one another only. */
export interface Family {
  readonly name: string;
  /** A running context, shared by all tests: WebKitGTK may lock up the page whenever a context is closed. */
  live(): Promise<AnyAudioContext>;
  /** Calls `build` with an offline context of the family, and renders it. */
  render(
    channels: number,
    seconds: number,
    sampleRate: number,
    build: (context: AnyAudioContext) => Promise<void>,
  ): Promise<AudioBuffer>;
  /** Connects nodes the way users of the library do. */
  connect(source: AudioNode, destination: AudioNode, output?: number): void;
}

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

/** The context inside a Tone.js context; any other context itself. */
export function rawOf(context: AnyAudioContext): BaseAudioContext {
  return ('rawContext' in context ? context.rawContext : context) as BaseAudioContext;
}

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

export const FAMILIES: readonly Family[] = [
  { name: 'native', connect, live: liveNative, render: renderIn(OFFLINE_FAMILIES[0][1]) },
  { name: 'standardized-audio-context', connect, live: liveStandardized, render: renderIn(OFFLINE_FAMILIES[1][1]) },
  {
    name: 'Tone.getContext() and Tone.Offline',
    connect: Tone.connect,
    live: liveTone,
    render: renderInTone(() => Tone),
  },
  {
    name: 'Tone.getContext().rawContext',
    connect: Tone.connect,
    live: async () => (await liveTone()).rawContext,
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

function connect(source: AudioNode, destination: AudioNode, output = 0): void {
  source.connect(destination, output);
}

function renderIn(make: (channels: number, length: number, sampleRate: number) => OfflineAudioContext) {
  return async (
    channels: number,
    seconds: number,
    sampleRate: number,
    build: (context: AnyAudioContext) => Promise<void>,
  ): Promise<AudioBuffer> => {
    const context = make(channels, seconds * sampleRate, sampleRate);
    await build(context);
    return context.startRendering();
  };
}

function renderInTone(tone: () => typeof Tone | Promise<typeof Tone>): Family['render'] {
  return async (channels, seconds, sampleRate, build) =>
    (await (await tone()).Offline(build, seconds, channels, sampleRate)).get()!;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

async function running<T extends { resume(): Promise<void> }>(context: T): Promise<T> {
  await context.resume();
  return context;
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
