import { AudioOutput } from './AudioOutput.ts';
import { Mixer } from './Mixer.ts';
import { Separation } from './Separation.ts';
import { SourceSwitch } from './SourceSwitch.ts';
import { needsAnotherNode, type Settings } from './settings.ts';
import type { Source } from './sources.ts';

/** All the audio of the page: a source, the separation, the mixer, the output. */
export class Session {
  readonly context = new AudioContext();
  readonly #sources = new SourceSwitch(this.context);
  readonly #output = new AudioOutput(this.context);
  readonly #onSeparation: (separation: Separation, mixer: Mixer) => void;
  #settings: Settings;
  #mixer!: Mixer;
  #separation!: Separation;
  /** Whether the listener wants to hear the components. */
  #audible = true;
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

  /** Plays a source and, where it can be known as a whole, learns from it at once. */
  async play(source: Source): Promise<void> {
    await this.#enqueue(async () => {
      this.#audible = !source.feedsBack;
      if (source.feedsBack) await this.#output.close();
      await this.#separation.node.ready;
      await this.#sources.switchTo(source);
      if (this.#audible) await this.#output.open();
    });
    await this.learnFromClip();
  }

  async change(settings: Settings): Promise<void> {
    await this.#enqueue(async () => {
      const before = this.#settings;
      this.#settings = settings;
      if (needsAnotherNode(before, settings)) await this.#replace(before);
    });
    await this.learnFromClip();
  }

  /** Learns from the recording that plays; from a live source there is nothing to learn yet. */
  async learnFromClip(): Promise<void> {
    const clip = this.source?.clip;
    if (clip) await this.#separation.learn(clip, this.#settings.divergence);
  }

  async learnFromRecent(): Promise<void> {
    await this.#separation.learn(undefined, this.#settings.divergence);
  }

  cancelLearning(): void {
    this.#separation.cancel();
  }

  setAudible(audible: boolean): Promise<void> {
    this.#audible = audible;
    return audible ? this.#output.open() : this.#output.close();
  }

  async pause(): Promise<void> {
    await this.#output.close();
    await this.context.suspend();
  }

  async resume(): Promise<void> {
    await this.context.resume();
    if (this.#audible) await this.#output.open();
  }

  async #replace(before: Settings): Promise<void> {
    await this.#output.close();
    this.#separation.dispose();
    if (before.components !== this.#settings.components) this.#mixer.disconnect();
    this.#assemble();
    await this.#separation.node.ready;
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
