import type { AnyAudioContext } from 'nmf-separator-node';

/** Renders what `build` has connected to an offline context. */
export type Render = (
  channels: number,
  seconds: number,
  sampleRate: number,
  build: (context: AnyAudioContext) => Promise<void>,
) => Promise<AudioBuffer>;

/** The context inside a Tone.js context; any other context itself. */
export function rawOf(context: AnyAudioContext): BaseAudioContext {
  return ('rawContext' in context ? context.rawContext : context) as BaseAudioContext;
}

export function connect(source: AudioNode, destination: AudioNode, output = 0): void {
  source.connect(destination, output);
}

export function renderIn(make: (channels: number, length: number, sampleRate: number) => OfflineAudioContext): Render {
  return async (channels, seconds, sampleRate, build) => {
    const context = make(channels, seconds * sampleRate, sampleRate);
    await build(context);
    return context.startRendering();
  };
}

export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export async function running<T extends { resume(): Promise<void> }>(context: T): Promise<T> {
  await context.resume();
  return context;
}
