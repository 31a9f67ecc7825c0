import { Fade } from './Fade.ts';

/** Samples a meter averages over: about 23 ms at 44.1 kHz. */
const METER_WINDOW = 1024;

/** The gain, meter and panner of one component. */
export class Channel {
  readonly input: GainNode;
  readonly #panner: StereoPannerNode;
  readonly #gain: Fade;
  readonly #pan: Fade;
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(METER_WINDOW);

  constructor(context: AudioContext, destination: AudioNode) {
    this.input = new GainNode(context);
    this.#analyser = new AnalyserNode(context, { fftSize: METER_WINDOW });
    this.#panner = new StereoPannerNode(context);
    this.input.connect(this.#analyser).connect(this.#panner).connect(destination);
    this.#gain = new Fade(context, this.input.gain, 1);
    this.#pan = new Fade(context, this.#panner.pan);
  }

  setGain(value: number): void {
    this.#gain.set(value);
  }

  /** @param value  from −1 (left) to 1 (right) */
  setPan(value: number): void {
    this.#pan.set(value);
  }

  /** Mean-square level of the last METER_WINDOW samples after the fader, in dB re full scale; −Infinity for silence. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const energy = this.#samples.reduce((sum, sample) => sum + sample * sample, 0);
    return 10 * Math.log10(energy / METER_WINDOW);
  }

  disconnect(): void {
    this.#panner.disconnect();
    this.#gain.dispose();
    this.#pan.dispose();
  }
}

/** The mixer settings of one component. */
export interface Fader {
  /** Linear gain */
  level: number;
  /** From −1 (left) to 1 (right) */
  pan: number;
  muted: boolean;
  soloed: boolean;
}

/** Levels, pans, mutes and solos of all components. */
export class Mixer {
  readonly channels: readonly Channel[];
  readonly #faders: readonly Fader[];

  constructor(context: AudioContext, components: number, destination: AudioNode) {
    this.channels = Array.from({ length: components }, () => new Channel(context, destination));
    this.#faders = Array.from({ length: components }, () => ({ level: 1, pan: 0, muted: false, soloed: false }));
  }

  change(component: number, change: Partial<Fader>): void {
    Object.assign(this.#faders[component], change);
    this.channels[component].setPan(this.#faders[component].pan);
    // A solo mutes all other components, so any change may alter every gain.
    for (const [k, channel] of this.channels.entries()) channel.setGain(this.#gainOf(k));
  }

  disconnect(): void {
    for (const channel of this.channels) channel.disconnect();
  }

  #gainOf(component: number): number {
    const { level, muted, soloed } = this.#faders[component];
    const anySolo = this.#faders.some((fader) => fader.soloed);
    return muted || (anySolo && !soloed) ? 0 : level;
  }
}
