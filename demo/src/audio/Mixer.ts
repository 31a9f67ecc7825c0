import type { NMFSeparatorNode } from 'nmf-separator-node';
import { Fade } from './Fade.ts';

/** Samples a meter averages over: about 23 ms at 44.1 kHz. */
const METER_WINDOW = 1024;

/** The mixer settings of one component. */
export interface Fader {
  /** Linear gain */
  readonly level: number;
  /** From −1 (left) to 1 (right) */
  readonly pan: number;
  readonly muted: boolean;
  readonly soloed: boolean;
}

/** How the whole mix is set. */
export interface MixSettings {
  readonly faders: readonly Fader[];
  /** The component that is heard alone for a moment, whatever the faders */
  readonly spotlight: number | null;
  /** Whether the untouched input is heard instead of the mix. */
  readonly bypassed: boolean;
  /** Whether something else plays the parts, so that the mix must not */
  readonly silenced: boolean;
}

/** The gain, meter and panner of one component. */
export class Channel {
  readonly input: GainNode;
  /** The component after its fader and panner */
  readonly output: StereoPannerNode;
  readonly #gain: Fade;
  readonly #pan: Fade;
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(METER_WINDOW);

  constructor(context: AudioContext, gain: number, pan: number) {
    this.input = new GainNode(context);
    this.#analyser = new AnalyserNode(context, { fftSize: METER_WINDOW });
    this.output = new StereoPannerNode(context);
    this.input.connect(this.#analyser).connect(this.output);
    this.#gain = new Fade(context, this.input.gain, gain);
    this.#pan = new Fade(context, this.output.pan, pan);
  }

  set(gain: number, pan: number): void {
    this.#gain.set(gain);
    this.#pan.set(pan);
  }

  /** Mean-square level of the last METER_WINDOW samples after the fader, in dB re full scale; −Infinity for silence. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const energy = this.#samples.reduce((sum, sample) => sum + sample * sample, 0);
    return 10 * Math.log10(energy / METER_WINDOW);
  }

  dispose(): void {
    this.output.disconnect();
    this.#gain.dispose();
    this.#pan.dispose();
  }
}

/** Levels, pans, mutes and solos of all components of one separator, and the way around them: its untouched input. */
export class Mixer {
  readonly channels: readonly Channel[];
  readonly #context: AudioContext;
  readonly #bus: GainNode;
  readonly #parts: GainNode;
  readonly #dry: GainNode;
  readonly #open: Fade;
  readonly #partsFade: Fade;
  readonly #dryFade: Fade;

  /** Silent until `open`. */
  constructor(separator: NMFSeparatorNode, destination: AudioNode, mix: MixSettings) {
    this.#context = separator.context as AudioContext;
    [this.#bus, this.#parts, this.#dry] = [0, 0, 0].map(() => new GainNode(this.#context));
    this.#open = new Fade(this.#context, this.#bus.gain);
    this.#partsFade = new Fade(this.#context, this.#parts.gain, waysOf(mix).parts);
    this.#dryFade = new Fade(this.#context, this.#dry.gain, waysOf(mix).dry);
    this.channels = separator.components.map((_, k) => {
      const channel = new Channel(this.#context, gainOf(mix, k, separator.numberOfOutputs), mix.faders[k].pan);
      separator.connect(channel.input, k);
      channel.output.connect(this.#parts);
      return channel;
    });
    separator.dry.connect(this.#dry);
    this.#parts.connect(this.#bus);
    this.#dry.connect(this.#bus);
    this.#bus.connect(destination);
  }

  set(mix: MixSettings): void {
    const { length } = this.channels;
    for (const [k, channel] of this.channels.entries()) channel.set(gainOf(mix, k, length), mix.faders[k].pan);
    const { parts, dry } = waysOf(mix);
    this.#partsFade.set(parts);
    this.#dryFade.set(dry);
  }

  /** Resolves when the mix has faded in. */
  open(): Promise<void> {
    return this.#open.to(1);
  }

  /** Resolves when the mix has faded out. */
  close(): Promise<void> {
    return this.#open.to(0);
  }

  dispose(): void {
    this.#bus.disconnect();
    for (const channel of this.channels) channel.dispose();
    for (const fade of [this.#open, this.#partsFade, this.#dryFade]) fade.dispose();
  }
}

/** Faders beyond `count` belong to components that do not exist now, so that their solos do not count. */
function gainOf({ faders, spotlight }: MixSettings, component: number, count: number): number {
  const { level, muted, soloed } = faders[component];
  if (spotlight !== null) return component === spotlight ? Math.max(level, 1) : 0;
  const anySolo = faders.slice(0, count).some((fader) => fader.soloed);
  return muted || (anySolo && !soloed) ? 0 : level;
}

/** Gains of the mixed parts and of the untouched input */
function waysOf({ bypassed, silenced }: MixSettings): { parts: number; dry: number } {
  return { parts: silenced || bypassed ? 0 : 1, dry: bypassed && !silenced ? 1 : 0 };
}
