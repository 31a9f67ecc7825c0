import type { LearnOptions, LearnResult, LearnSource, Progress } from 'nmf-separator-node';
import { Subject } from 'rxjs';
import type { App } from '../App.ts';
import type { Recipe } from '../audio/Grouping.ts';
import type { Lineage, Separation } from '../audio/Separation.ts';
import { bufferOf } from '../sources/bufferOf.ts';
import { lessonsOf, loadLessons } from '../sources/clips.ts';
import type { PageState } from '../state/PageState.ts';
import { learnOptionsOf, taughtOptionsOf } from '../state/settings.ts';
import { whileBusy } from './whileBusy.ts';

/** How a clip is learned roughly, in a fraction of the time, so that parts are heard while it is learned well. */
const ROUGHLY = { clustering: 'none', restarts: 1, iterations: 30 } as const satisfies LearnOptions;

const SILENT = 'There is no sound in what would be learned. Choose another part of it, or another file.';

/** Lets a separation learn, with the settings of the page: from what plays, from lessons, or from a given sound. */
export class Learner {
  readonly #app: App;
  readonly #progress = new Subject<Progress>();
  readonly #learned = new Subject<LearnResult>();
  readonly progress$ = this.#progress.asObservable();
  readonly learned$ = this.#learned.asObservable();

  constructor(app: App) {
    this.#app = app;
  }

  /**
   * The recording that plays, blind; a bundled clip that cannot be learned so from the lessons that it brings.
   *
   * @param signal  aborts when it is not wanted any more, before it has begun
   */
  async fromSound(separation: Separation, signal: AbortSignal, { remember = true } = {}): Promise<void> {
    const { state, transport, session, store } = this.#app;
    const { settings } = state;
    const clip = state.sound?.clip;
    const recipe = clip ? { clip, settings } : null;
    const lessons = await loadLessons(clip ? lessonsOf(clip, settings.components) : [], session.context);
    const excerpt = lessons.length > 0 ? null : await transport.excerpt();
    signal.throwIfAborted();
    if (lessons.length > 0) {
      const options = taughtOptionsOf(settings);
      await this.from(separation, { origin: 'taught', recipe }, lessons, { options, remember });
    } else if (excerpt) {
      if (isSilent(excerpt)) throw new Error(SILENT);
      await whileBusy(store, () => this.#fromClip(separation, excerpt, recipe, remember));
    }
  }

  /** Where nothing is heard in parts yet, roughly first. */
  async #fromClip(separation: Separation, clip: AudioBuffer, recipe: Recipe | null, remember: boolean): Promise<void> {
    const { settings } = this.#app.state;
    const roughFirst = !separation.grouping && separation === this.#app.session.separation;
    if (roughFirst && settings.clustering !== 'none')
      await separation.learn({ origin: 'clip' }, clip, { ...learnOptionsOf(settings), ...ROUGHLY });
    await this.from(separation, { origin: 'clip', recipe }, clip, { remember: remember && !roughFirst });
  }

  /** Each component from what was recorded for it. */
  async fromLessons(separation: Separation): Promise<void> {
    const { lessons, settings } = this.#app.state;
    const clips = lessons
      .slice(0, settings.components)
      .map((lesson) => lesson && bufferOf(lesson.channels, lesson.sampleRate));
    await this.from(separation, { origin: 'taught' }, clips, { options: taughtOptionsOf(settings) });
  }

  /** @param remember  whether the state before can be brought back */
  async from(
    separation: Separation,
    { origin, recipe = null }: Lineage,
    source: LearnSource | undefined,
    { options, remember = true }: { options?: LearnOptions; remember?: boolean } = {},
  ): Promise<void> {
    const { state, history } = this.#app;
    const before = separation.grouping;
    if (remember && before) history.remember();
    // Parts that the user has named or grouped stay in their places. Otherwise the model must not depend on earlier
    // learning, which a link does not contain.
    const keeps = before !== null && hasWork(state);
    const order = keeps ? 'match' : 'centroid';
    const lineage = { origin, recipe: keeps && !options ? null : recipe };
    await whileBusy(this.#app.store, async () => {
      const progress = separation.node.progress$.subscribe((step) => this.#progress.next(step));
      const result = await separation
        .learn(lineage, source, options ?? { ...learnOptionsOf(state.settings), order })
        .finally(() => progress.unsubscribe());
      if (keeps && before.isGrouped) await separation.use(separation.grouping!.withGroups(before.groupOf));
      this.#learned.next(result);
    });
  }
}

/** Whether the user has named or grouped parts, or opened a model. */
export function hasWork({ names, grouping }: PageState): boolean {
  return names.some(Boolean) || (grouping?.isGrouped ?? false) || grouping?.origin === 'file';
}

function isSilent(clip: AudioBuffer): boolean {
  const channels = Array.from({ length: clip.numberOfChannels }, (_, c) => clip.getChannelData(c));
  return channels.every((samples) => samples.every((sample) => sample === 0));
}
