import { needsAnotherNode, type Settings } from '../page/settings.ts';
import type { Source } from '../sources/Source.ts';
import { AudioOutput } from './AudioOutput.ts';
import { hasReached } from './clock.ts';
import { Mixer } from './Mixer.ts';
import { Preview } from './Preview.ts';
import { Separation } from './Separation.ts';
import { SourceSwitch } from './SourceSwitch.ts';

/** One rate in hertz for every machine, so that a model or a link from one is the same on another. */
const SAMPLE_RATE = 44_100;

/** All the audio of the page: a source, the separation, the mixer, the output. */
export class Session {
  readonly context = new AudioContext({ sampleRate: SAMPLE_RATE });
  readonly #sources = new SourceSwitch(this.context);
  readonly #output = new AudioOutput(this.context);
  readonly #preview = new Preview(SAMPLE_RATE);
  readonly #onSeparation: (separation: Separation, mixer: Mixer) => void;
  #settings: Settings;
  #mixer!: Mixer;
  #separation!: Separation;
  /** Whether the listener wants to hear the components. */
  #audible = true;
  /** Whether the mix goes on after the last preview. */
  #interrupted = false;
  #previews = 0;
  /** Whether the mix pauses, or is about to. */
  #resting = false;
  /** Changes of source and settings happen one after the other. */
  #changes: Promise<unknown> = Promise.resolve();

  /** @param onSeparation  called for the first node and whenever other settings make another one */
  constructor(settings: Settings, onSeparation: (separation: Separation, mixer: Mixer) => void) {
    this.#settings = settings;
    this.#onSeparation = onSeparation;
    this.#assemble();
  }

  get source(): Source | null {
    return this.#sources.current;
  }

  get separation(): Separation {
    return this.#separation;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Resolves when the source is heard. */
  play(source: Source): Promise<void> {
    this.#endPreview();
    return this.#enqueue(async () => {
      this.#audible = !source.feedsBack;
      if (source.feedsBack) await this.#output.close();
      await this.#separation.node.ready;
      await this.#sources.switchTo(source);
      if (this.#audible) await this.#output.open();
    });
  }

  /** Resolves when a node with these settings is ready. */
  change(settings: Settings): Promise<void> {
    return this.#enqueue(async () => {
      const before = this.#settings;
      this.#settings = settings;
      if (needsAnotherNode(before, settings)) await this.#replace();
    });
  }

  setAudible(audible: boolean): Promise<void> {
    this.#audible = audible;
    return audible ? this.#output.open() : this.#output.close();
  }

  async pause(): Promise<void> {
    this.#resting = true;
    await this.#output.close();
    // Somebody may want to hear it again by now.
    if (this.#resting) await this.context.suspend();
  }

  async resume(): Promise<void> {
    this.#endPreview();
    this.#resting = false;
    await this.context.resume();
    if (this.#audible) await this.#output.open();
  }

  /** Plays one recording while the mix rests. Resolves when it has ended, was stopped, or something else is played. */
  async preview(buffer: AudioBuffer, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (this.#previews++ === 0) this.#interrupted = this.context.state === 'running';
    const rest = this.pause();
    await this.#preview.play(buffer, rest, signal).finally(() => {
      this.#previews -= 1;
    });
    await rest;
    if (this.#previews === 0 && this.#interrupted) await this.resume();
  }

  #endPreview(): void {
    this.#interrupted = false;
    this.#preview.stop();
  }

  async #replace(): Promise<void> {
    await this.#output.close();
    const [separation, mixer] = [this.#separation, this.#mixer];
    // The new ones first, so that whoever watches the old ones lets go of them before they end.
    this.#assemble();
    separation.dispose();
    if (mixer !== this.#mixer) mixer.disconnect();
    const { node } = this.#separation;
    await node.ready;
    // The sound that it is fed in the middle of comes out this much later: before the fader opens.
    await hasReached(this.context.currentTime + node.latency, this.context);
    if (this.#audible) await this.#output.open();
  }

  #assemble(): void {
    // The faders stay where they are as long as there are as many.
    if (this.#mixer?.channels.length !== this.#settings.components) {
      this.#mixer = new Mixer(this.context, this.#settings.components, this.#output.input);
    }
    this.#separation = new Separation(this.#sources.output, this.#mixer, this.#settings);
    this.#onSeparation(this.#separation, this.#mixer);
  }

  #enqueue(change: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => {});
    return done;
  }
}
