import { type LearnResult, type Progress, type Suggestion, suggestComponents } from 'nmf-separator-node';
import { first, type Observable } from 'rxjs';
import type { App } from '../App.ts';
import { Grouping } from '../audio/Grouping.ts';
import type { Separation } from '../audio/Separation.ts';
import { SCRIPTS } from '../audio/scripts.ts';
import { ask } from '../page/ask.ts';
import { notify, showStatus } from '../page/messages.ts';
import { INITIAL_STATE, MOST_COMPONENTS, type PageState } from '../state/PageState.ts';
import { mixOf } from '../state/parts.ts';
import { needsAnotherNode, type Settings } from '../state/settings.ts';
import { hasWork, Learner } from './Learner.ts';
import { Newest } from './Newest.ts';
import { whileBusy } from './whileBusy.ts';

/** Seconds of sound to come that are learned from at a click */
const LISTENING_SECONDS = 10;

/** What the user wants to be learned or used, and changes of the settings, of which the newest overtakes the others. */
export class Learning {
  readonly #app: App;
  /** What is learned or used: a later one overtakes it, also while it waits for a sound. */
  readonly #newest = new Newest();
  /** Whether the clip is to be learned and is not yet: whatever separation takes over meanwhile has to learn it. */
  #wantsClip = false;
  /** Groups from a link, kept until the model they belong to is learned */
  linkedGroups: readonly number[] | null = null;
  readonly #learner: Learner;

  constructor(app: App) {
    this.#app = app;
    this.#learner = new Learner(app);
  }

  get progress$(): Observable<Progress> {
    return this.#learner.progress$;
  }

  /** What learning has found */
  get learned$(): Observable<LearnResult> {
    return this.#learner.learned$;
  }

  /**
   * A source has begun to play: goes on with the model that is there, or learns from the clip.
   *
   * @param first  whether it is the first since the page was opened
   * @param components  how many parts it has, where that is known
   */
  async onSound(first: boolean, components: number | null): Promise<void> {
    const { automatic, grouping, sound, settings } = this.#app.state;
    const learns = automatic && Boolean(sound?.file);
    // What was brought back from an earlier visit fits the clip that it was learned from, and whatever the user keeps it for.
    if (first && grouping && (!learns || grouping.recipe?.clip === sound?.clip)) {
      await this.#app.session.lasting.use(grouping);
      return;
    }
    if (!learns) return;
    if (components === null || components === settings.components) await this.fromClip();
    else await this.change({ ...settings, components });
  }

  /** From now on clips are not learned at once, which is told, with a way back. */
  stopAutomatic(reason: string): void {
    const { store, state } = this.#app;
    if (!state.automatic) return;
    store.change({ automatic: false });
    const hide = notify(reason, { title: 'Learn them again', action: () => store.change({ automatic: true }) });
    store
      .watch(({ automatic }) => automatic)
      .pipe(first((automatic) => automatic))
      .subscribe(hide);
  }

  /** Blind learning from the clip that plays. Does nothing for a live source, which has no clip. */
  async fromClip(): Promise<void> {
    await this.#learnSound(this.#app.session.lasting);
    const groups = this.linkedGroups;
    this.linkedGroups = null;
    if (groups) await this.#app.parts.regroup((grouping) => grouping.withGroups(groups));
  }

  async fromHeard(): Promise<void> {
    this.#begin();
    await this.#learner.from(this.#app.session.separation, { origin: 'heard' }, undefined);
  }

  /** Blind learning from the next seconds of sound: silence does not count. */
  async fromNext(): Promise<void> {
    const separation = this.#app.session.lasting;
    const signal = this.#begin();
    showStatus(`Listening: ${LISTENING_SECONDS} seconds of sound, then they are learned.`);
    const heard = await separation.node.listen(LISTENING_SECONDS, { signal });
    await this.#learner.from(separation, { origin: 'heard' }, heard);
  }

  /** Each component from the sound that was recorded for it. */
  async fromLessons(): Promise<void> {
    const { grouping, lessons, settings } = this.#app.state;
    const clips = lessons.slice(0, settings.components);
    if (!grouping && clips.includes(null))
      throw new Error('Teach every part, or learn from the mixture once, so that the others are known.');
    this.#begin();
    await this.#learner.fromLessons(this.#app.session.lasting);
  }

  /** The drums of any kit, which the package has learned, fitted to those that are heard from now on. */
  async useDrums(): Promise<void> {
    const { drums } = await import('nmf-separator-node/models');
    this.#app.history.remember();
    await this.use(new Grouping(drums, 'drums'));
    await this.setAdapting(true);
    showStatus('Kick, snare and hat are known, and follow what is heard.');
  }

  /** Lets the templates follow what is heard, or keeps them as they are. */
  async setAdapting(adapting: boolean): Promise<void> {
    await this.#app.session.lasting.node.adapt(adapting ? {} : false);
    this.#app.store.change({ adapting });
  }

  /**
   * Puts a model into force that was not learned just now.
   *
   * @param shape  the settings of a node whose frames are those of the model
   */
  async use(grouping: Grouping, shape: Partial<Settings> = {}): Promise<void> {
    const { state, store } = this.#app;
    const { components, divergence } = grouping.learned;
    this.#begin();
    store.change({ automatic: false, names: INITIAL_STATE.names });
    await this.#apply({ ...state.settings, ...shape, components, divergence }, (separation) =>
      separation.use(grouping),
    );
  }

  /** Goes back to a model and the settings that it was used with. */
  async bringBack(settings: Settings, grouping: Grouping | null): Promise<void> {
    this.#begin();
    await this.#apply(settings, async (separation) => {
      if (grouping) await separation.use(grouping);
      else await separation.node.setModel(null);
    });
  }

  cancel(): void {
    this.#wantsClip = false;
    this.#newest.cancel();
    this.#app.session.cancel();
  }

  /** Uses the clip that plays or, for a live source, the rolling spectrogram (the last ten seconds). */
  async suggest(signal: AbortSignal): Promise<Suggestion> {
    const { transport, session, state } = this.#app;
    const clip = (await transport.excerpt()) ?? (await session.separation.node.spectrogram());
    const { divergence, seed } = state.settings;
    return suggestComponents(clip, { max: MOST_COMPONENTS, divergence, seed, signal, workerUrl: SCRIPTS.workerUrl });
  }

  /** Changes the settings, and learns anew where that is what they are for. Asks first where the user's work would go. */
  async change(settings: Settings): Promise<void> {
    const { state, store, history } = this.#app;
    this.refuseWhileRecording(settings);
    const loses =
      settings.components !== state.settings.components && hasWork(state) && !hasLessons(state, settings.components);
    if (loses && !(await ask(QUESTION, { yes: 'Learn anew', no: 'Keep the parts' }))) {
      // A new object, so that the form shows the settings again.
      store.change({ settings: { ...state.settings } });
      return;
    }
    this.refuseWhileRecording(settings);
    history.remember();
    if (loses) store.change({ names: INITIAL_STATE.names });
    await this.#apply(settings, (separation) => this.#relearn(separation, state));
  }

  /** @throws {Error} when these settings need another node, which would end the recording */
  refuseWhileRecording(settings: Settings): void {
    const { state, store } = this.#app;
    if (!state.recording || !needsAnotherNode(state.settings, settings)) return;
    // A new object, so that the form shows the settings again.
    store.change({ settings: { ...state.settings } });
    throw new Error('Stop the recording first: this change would end it.');
  }

  /** @param prepare  gives the separation with these settings its model */
  async #apply(settings: Settings, prepare: (separation: Separation) => Promise<unknown>): Promise<void> {
    this.#app.store.change({ settings });
    if (!this.#app.started) return;
    const { session } = this.#app;
    this.#newest.cancel();
    session.cancel();
    await whileBusy(this.#app.store, async () => {
      const { lasting } = session;
      if (needsAnotherNode(lasting.settings, settings)) {
        await session.replace(settings, () => mixOf(this.#app.state), prepare);
      } else {
        session.abandon();
        await prepare(lasting);
      }
    });
  }

  /** Overtakes what is being learned or waited for. @returns a signal that aborts when something else overtakes this */
  #begin(): AbortSignal {
    this.#wantsClip = false;
    return this.#newest.begin();
  }

  /** What a separation with other settings has to know: what was taught, or the model as it is, or the clip anew. */
  async #relearn(separation: Separation, { grouping, automatic }: PageState): Promise<void> {
    const { state, session } = this.#app;
    const sameCount = grouping?.learned.components === state.settings.components;
    const again = { remember: false };
    if (grouping?.origin === 'taught' && state.lessons.slice(0, state.settings.components).every(Boolean))
      await this.#learner.fromLessons(separation);
    else if (state.sound?.file && (automatic || this.#wantsClip || (grouping?.origin === 'clip' && !sameCount)))
      await this.#learnSound(separation, again);
    else if (grouping?.origin === 'heard' && !sameCount)
      await this.#learner.from(separation, { origin: 'heard' }, await session.separation.node.spectrogram(), again);
    else if (grouping && separation.grouping !== grouping) await separation.use(grouping);
  }

  /** The recording that plays */
  async #learnSound(separation: Separation, options?: { remember: boolean }): Promise<void> {
    const signal = this.#begin();
    this.#wantsClip = true;
    try {
      await this.#learner.fromSound(separation, signal, options);
    } finally {
      if (!signal.aborted) this.#wantsClip = false;
    }
  }
}

const QUESTION = 'Another number of parts has to be learned anew. The names and groups that you gave them go.';

/** Whether the parts that remain can be learned again from what was recorded for them. */
function hasLessons({ grouping, lessons }: PageState, components: number): boolean {
  if (grouping?.origin !== 'taught') return false;
  return lessons.slice(0, Math.min(components, grouping.learned.components)).every(Boolean);
}
