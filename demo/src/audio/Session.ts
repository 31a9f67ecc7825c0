import { needsAnotherNode, type Settings } from '../page/settings.ts';
import type { Source } from '../sources/Source.ts';
import { AudioOutput } from './AudioOutput.ts';
import { Mixer } from './Mixer.ts';
import { Preview } from './Preview.ts';
import { rendered } from './rendered.ts';
import { Separation } from './Separation.ts';
import { SourceSwitch } from './SourceSwitch.ts';

/** Hz. The same on every machine: a model only fits the sample rate it was learned at. */
const SAMPLE_RATE = 44_100;

/** The audio graph of the page: source, separation, mixer, output. */
export class Session {
  readonly context = new AudioContext({ sampleRate: SAMPLE_RATE });
  readonly #sources = new SourceSwitch(this.context);
  readonly #output = new AudioOutput(this.context);
  readonly #preview = new Preview(SAMPLE_RATE);
  readonly #onSeparation: (separation: Separation, mixer: Mixer) => void;
  #settings: Settings;
  #mixer!: Mixer;
  #separation!: Separation;
  /** Whether the mix should be heard while it plays. False for a microphone until the user asks, to avoid feedback. */
  #audible = true;
  /** Whether the mix was playing before the previews and must be resumed after the last one. */
  #interrupted = false;
  #previews = 0;
  #pauseRequested = false;
  /** Queue of changes of source and settings: two at once would rebuild the graph twice at the same time. */
  #changes: Promise<unknown> = Promise.resolve();

  /** @param onSeparation  called with the first separation, and whenever changed settings replace it */
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

  /** Resolves when the source has faded in. */
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

  /** Resolves when a node with these settings plays. */
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
    this.#pauseRequested = true;
    await this.#output.close();
    // `resume` may have been called during the fade-out.
    if (this.#pauseRequested) await this.context.suspend();
  }

  async resume(): Promise<void> {
    this.#endPreview();
    this.#pauseRequested = false;
    await this.context.resume();
    if (this.#audible) await this.#output.open();
  }

  /** Pauses the mix and plays a buffer. Resolves when it has ended, was stopped, or was replaced by another sound. */
  async preview(buffer: AudioBuffer, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (this.#previews++ === 0) this.#interrupted = this.context.state === 'running';
    const paused = this.pause();
    await this.#preview.play(buffer, paused, signal).finally(() => {
      this.#previews -= 1;
    });
    await paused;
    if (this.#previews === 0 && this.#interrupted) await this.resume();
  }

  #endPreview(): void {
    this.#interrupted = false;
    this.#preview.stop();
  }

  async #replace(): Promise<void> {
    await this.#output.close();
    const [separation, mixer] = [this.#separation, this.#mixer];
    // Announce the new separation before disposing of the old one, so that the views unsubscribe from it first.
    this.#assemble();
    separation.dispose();
    if (mixer !== this.#mixer) mixer.disconnect();
    const { node } = this.#separation;
    await node.ready;
    // The new node's input starts in the middle of the sound, which would click. Wait until that has passed the node.
    await rendered(node.latency, this.context);
    if (this.#audible) await this.#output.open();
  }

  #assemble(): void {
    // Keep the mixer, and with it the user's faders, unless the number of components changes.
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
