import type { Source } from '../sources/Source.ts';
import type { Settings } from '../state/settings.ts';
import { AudioOutput } from './AudioOutput.ts';
import type { MixSettings } from './Mixer.ts';
import { Preview } from './Preview.ts';
import { rendered } from './rendered.ts';
import { Separation } from './Separation.ts';
import { SourceSwitch } from './SourceSwitch.ts';

/** Hz. The same on every machine: a model only fits the sample rate it was learned at. */
export const SAMPLE_RATE = 44_100;

/** The audio graph of the page: source, separation with its mixer, output. */
export class Session {
  readonly context = new AudioContext({ sampleRate: SAMPLE_RATE });
  readonly output = new AudioOutput(this.context);
  readonly #sources = new SourceSwitch(this.context);
  readonly #preview = new Preview(SAMPLE_RATE);
  readonly #onSeparation: (separation: Separation) => void;
  #separation: Separation;
  /** The separation that gets ready to take over */
  #next: Separation | null = null;
  /** The separation that is ready, and takes over as soon as the sound has passed it */
  #entering: Separation | null = null;
  /** How many separations were asked for; only the latest one takes over. */
  #requests = 0;
  /** Whether the mix should be heard while it plays. False for a microphone until the user asks, to avoid feedback. */
  #audible = true;
  /** Whether the mix was playing before the previews and must be resumed after the last one. */
  #interrupted = false;
  #previews = 0;
  #pauseRequested = false;
  /** Queue of changes of the source: two at once would connect both. */
  #changes: Promise<unknown> = Promise.resolve();

  /** @param onSeparation  called with every separation that takes over from another */
  constructor(settings: Settings, mix: MixSettings, onSeparation: (separation: Separation) => void) {
    this.#onSeparation = onSeparation;
    this.#separation = this.#make(settings, mix);
    void this.#separation.mixer.open();
  }

  get source(): Source | null {
    return this.#sources.current;
  }

  /** The sound of the source, after the input gain */
  get input(): AudioNode {
    return this.#sources.output;
  }

  get separation(): Separation {
    return this.#separation;
  }

  /** The separation to teach: what the one in use learns is lost if another is about to take over. */
  get lasting(): Separation {
    return this.#entering ?? this.#separation;
  }

  /** Whether it was paused, or stopped by the browser. A pause counts from the click, before it has faded out. */
  get isPaused(): boolean {
    return this.#pauseRequested || this.context.state !== 'running';
  }

  setInputGain(gain: number): void {
    this.#sources.setGain(gain);
  }

  /** Resolves when the source plays. */
  play(source: Source): Promise<void> {
    this.#endPreview();
    return this.#enqueue(async () => {
      this.#audible = !source.feedsBack;
      if (source.feedsBack) await this.output.close();
      await this.#separation.node.ready;
      await this.#sources.switchTo(source);
      if (this.#audible) this.output.open();
    });
  }

  /**
   * Makes another separation, which takes over once it is ready: until then the one before is heard. A later call overtakes
   * an earlier one, which then changes nothing.
   *
   * @param prepare  gives it a model, if it should start with one
   */
  async replace(
    settings: Settings,
    mix: () => MixSettings,
    prepare: (separation: Separation) => Promise<unknown>,
  ): Promise<void> {
    this.abandon();
    const mine = this.#requests;
    const next = this.#make(settings, mix());
    this.#next = next;
    // What is overtaken is disposed of, and fails for that reason.
    const failure = await next.node.ready
      .then(() => prepare(next))
      .then(
        () => null,
        (cause) => ({ cause }),
      );
    if (mine !== this.#requests) return;
    this.#next = null;
    if (next.node.state === 'failed') next.dispose();
    else await this.#takeOver(next, mix());
    // Without a model, but with the settings that were asked for
    if (failure) throw failure.cause;
  }

  /** Gives up what `replace` is getting ready. */
  abandon(): void {
    this.#requests += 1;
    this.#next?.dispose();
    this.#next = null;
  }

  /** Aborts learning. */
  cancel(): void {
    for (const separation of [this.#separation, this.#entering, this.#next]) separation?.cancel();
  }

  async setAudible(audible: boolean): Promise<void> {
    this.#audible = audible;
    if (audible) this.output.open();
    else await this.output.close();
  }

  async pause(): Promise<void> {
    this.#pauseRequested = true;
    await this.output.close();
    // `resume` may have been called during the fade-out.
    if (this.#pauseRequested) await this.context.suspend();
  }

  async resume(): Promise<void> {
    this.#endPreview();
    this.#pauseRequested = false;
    await this.context.resume();
    if (this.#audible) this.output.open();
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

  async #takeOver(next: Separation, mix: MixSettings): Promise<void> {
    this.#entering = next;
    next.mixer.set(mix);
    // The new node's input starts in the middle of the sound, which would click. Wait until that has passed the node.
    await rendered(next.node.latency, this.context);
    // Another one has been asked for and got ready meanwhile.
    if (this.#entering !== next) return next.dispose();
    this.#entering = null;
    const before = this.#separation;
    this.#separation = next;
    // Announce the new separation before disposing of the old one, so that the views unsubscribe from it first.
    this.#onSeparation(next);
    await Promise.all([next.mixer.open(), before.mixer.close()]);
    before.dispose();
  }

  #make(settings: Settings, mix: MixSettings): Separation {
    return new Separation({ input: this.#sources.output, destination: this.output.input, settings, mix });
  }

  #enqueue(change: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => {});
    return done;
  }
}
