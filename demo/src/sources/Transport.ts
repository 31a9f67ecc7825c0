import type { App } from '../App.ts';
import { SAMPLE_RATE } from '../audio/Session.ts';
import { showError, showStatus } from '../page/messages.ts';
import type { PageState } from '../state/PageState.ts';
import type { Region } from '../timeline/Region.ts';
import { type BundledClip, CLIPS, loadClip } from './clips.ts';
import { openMicrophone } from './microphone.ts';
import type { Sound } from './Sound.ts';
import { TITLES } from './SourcePicker.ts';
import { openSharedSound } from './sharedSound.ts';
import { openSoundFile, type SoundFile, soundFileOf } from './soundFile.ts';

/** What is known of a recording that comes with the page */
interface Bundled {
  readonly clip: BundledClip | null;
  /** How many parts it is to be taken apart into; null: as many as are set */
  readonly components: number | null;
}

const NOT_BUNDLED: Bundled = { clip: null, components: null };

/** Chooses, starts and pauses what is heard. */
export class Transport {
  readonly #app: App;
  /** Aborts the opening of a recording when another one is chosen */
  #opening = new AbortController();
  /** The newest excerpt, kept because what is made of it is kept by its identity */
  #excerpt: { file: SoundFile; region: Region; clip: Promise<AudioBuffer> } | null = null;
  /** Of the microphone; '' is the system's choice */
  #deviceId = '';

  constructor(app: App) {
    this.#app = app;
  }

  /** The bundled clip with this id, or the first one. */
  clipOf(id: string | null): BundledClip {
    return CLIPS.find((clip) => clip.id === id) ?? CLIPS[0];
  }

  /** @param asLinked  with the settings as they are, not with as many parts as the clip has */
  playClip(clip: BundledClip, { asLinked = false } = {}): Promise<void> {
    const { context } = this.#app.session;
    const open = async () => soundFileOf(await loadClip(clip, context), clip.title);
    return this.#playRecording(open, { clip, components: asLinked ? null : clip.parts.length });
  }

  playFile(file: File): Promise<void> {
    // A file that cannot be played leaves the page as it was, without a separator that nothing plays through.
    const decoder = this.#app.started ? this.#app.session.context : new OfflineAudioContext(1, 1, SAMPLE_RATE);
    return this.#playRecording((signal) => {
      const { name } = file;
      // Another one may be opened by now, and shows its own progress.
      const show = (opening: PageState['opening']) => signal.aborted || this.#app.store.change({ opening });
      show({ name, fraction: 0 });
      const opened = openSoundFile(file, decoder, (fraction) => show({ name, fraction }), signal);
      return opened.finally(() => show(null));
    }, NOT_BUNDLED);
  }

  /** @param deviceId  by default the one that was chosen last */
  async openMicrophone(deviceId = this.#deviceId): Promise<void> {
    this.#deviceId = deviceId;
    this.#stopOpening();
    const source = await openMicrophone(TITLES.microphone, this.#app.session.context, deviceId);
    await this.#play({ source, file: null, clip: null });
  }

  async openSharedSound(): Promise<void> {
    this.#stopOpening();
    const source = await openSharedSound(TITLES.sharedSound, this.#app.session.context);
    await this.#play({ source, file: null, clip: null });
  }

  async toggle(): Promise<void> {
    if (!this.#app.state.sound) return this.playClip(this.clipOf(this.#app.keeping.linkedClip), { asLinked: true });
    const { session } = this.#app;
    await (session.isPaused ? session.resume() : session.pause());
  }

  /** The part of the recording to learn from; null for a live source */
  excerpt(): Promise<AudioBuffer> | null {
    const { sound, region } = this.#app.state;
    if (!sound?.file || !region) return null;
    const { file } = sound;
    if (this.#excerpt?.file !== file || this.#excerpt.region !== region) {
      this.#excerpt = { file, region, clip: file.excerpt(region.from, region.to) };
    }
    return this.#excerpt.clip;
  }

  /** Another part of the recording is to be learned from: at once, if every clip is. */
  async setRegion(region: Region): Promise<void> {
    const { automatic, region: before } = this.#app.state;
    this.#app.store.change({ region });
    if (before && automatic) await this.#app.learning.fromClip();
  }

  #stopOpening(): void {
    this.#opening.abort();
    this.#app.store.change({ opening: null });
  }

  async #playRecording(
    open: (signal: AbortSignal) => Promise<SoundFile>,
    { clip, components }: Bundled,
  ): Promise<void> {
    const { automatic, settings } = this.#app.state;
    if (automatic && components !== null) this.#app.learning.refuseWhileRecording({ ...settings, components });
    this.#stopOpening();
    const opening = new AbortController();
    this.#opening = opening;
    const file = await open(opening.signal);
    // The user may have chosen another recording while this one was loading.
    if (opening.signal.aborted) return;
    await this.#play({ source: file.source(this.#app.session.context), file, clip }, components);
  }

  /** @param components  how many parts it has, where that is known */
  async #play(sound: Sound, components: number | null = null): Promise<void> {
    const { session, learning, store } = this.#app;
    await session.resume();
    sound.source.ended?.then(() => showStatus(`${sound.source.title} has ended.`), showError);
    const first = !store.value.sound;
    await session.play(sound.source);
    // The timeline chooses the region as soon as it shows the sound.
    store.change({ sound, region: null, playing: session.context.state === 'running' });
    await learning.onSound(first, components);
  }
}
