import { download, fileNameOf } from '../keep/download.ts';
import { within } from '../page/element.ts';
import { ComponentList } from './ComponentList.ts';
import { ComponentSound } from './ComponentSound.ts';
import { clipSamples } from './clipSamples.ts';
import { ErrorPlot } from './ErrorPlot.ts';
import { LectureTable } from './LectureTable.ts';
import { Motion, type Pace } from './Motion.ts';
import { MARKUP } from './markup.ts';
import { numbersOf } from './numbersOf.ts';
import { Pointing } from './Pointing.ts';
import { Run } from './Run.ts';
import { Stage } from './Stage.ts';
import { type FactorizationSettings, isSame, LECTURE, LONGEST } from './settings.ts';
import type { Factorization, Moment } from './worker/FactorizationWorker.ts';

/** What the page does for the panel. */
export interface FactorizationActions {
  /** Resolves when playback has ended or the signal has stopped it. */
  play(buffer: AudioBuffer, signal: AbortSignal): Promise<void>;
  /** @param name without an extension */
  save(buffer: AudioBuffer, name: string): Promise<void> | void;
  /** Takes W and H over. Without it there is no button for that. */
  onUse?(factorization: Factorization): Promise<void> | void;
}

const NO_CLIP = 'Play a clip or open a file: it is factorised here, step by step.';
const SEEDS = { first: 0, last: 999_999 } as const;

/** The stage on which a clip is factorised before the reader's eyes. */
export class FactorizationPanel {
  readonly #root: HTMLElement;
  readonly #actions: FactorizationActions;
  readonly #seed: HTMLInputElement;
  readonly #isStill = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #run: Run;
  readonly #motion = new Motion(() => this.#run.advance(this.#isStill.matches ? this.#run.left : this.#run.stride));
  readonly #stage: Stage;
  readonly #plot: ErrorPlot;
  readonly #list: ComponentList;
  readonly #pointing: Pointing;
  readonly #sound: ComponentSound;
  readonly #table: LectureTable;
  #clip: AudioBuffer | null = null;
  #original: (() => Promise<AudioBuffer>) | null = null;
  #title = '';
  #given: FactorizationSettings | null = null;
  #isLecture = false;
  /** Whether what is on the stage is not yet what was set. */
  #isStale = false;
  #maySound = false;
  #heard: number | null = null;

  /** @param root an empty element, which is filled */
  constructor(root: HTMLElement, actions: FactorizationActions) {
    this.#root = root;
    this.#actions = actions;
    root.classList.add('factorization');
    root.innerHTML = MARKUP;
    const { play } = actions;
    const onError = (cause: unknown) => this.#showError(cause);
    this.#seed = this.#find('.seed input', HTMLInputElement);
    this.#run = new Run({
      onMixture: (pictured) => this.#stage.showMixture(pictured),
      onMoment: (moment) => this.#showMoment(moment),
      onError,
    });
    this.#pointing = new Pointing({
      light: (component) => this.#light(component),
      hear: (component) => this.#hear(component),
    });
    this.#stage = new Stage(root, this.#pointing);
    this.#list = new ComponentList(this.#find('.list', HTMLElement), this.#pointing);
    this.#plot = new ErrorPlot(this.#find('.errors', HTMLElement));
    this.#sound = new ComponentSound({
      make: (component) => this.#run.filtered(component),
      play,
      onEnded: (component) => this.#pointing.ended(component),
      onError,
    });
    this.#table = new LectureTable(this.#find('.lecture table', HTMLTableElement), {
      make: (component, sound) =>
        sound === 'filtered' ? this.#run.filtered(component) : this.#run.sonified(component),
      play,
      save: (buffer, component, sound) => actions.save(buffer, this.#nameOf(component, sound)),
      onError,
    });
    this.#listen();
    this.#say(NO_CLIP);
  }

  /**
   * Factorises another clip as soon as the panel is in view.
   *
   * @param clip null: there is nothing to factorise
   * @param original gives the clip at its own sample rate, for the lecture
   */
  setClip(clip: AudioBuffer | null, title: string, original: (() => Promise<AudioBuffer>) | null = null): void {
    this.#clip = clip;
    this.#title = title;
    this.#original = original;
    this.#setLecture(false);
    this.#changed();
  }

  /** Factorises anew if anything is different. */
  setSettings(settings: FactorizationSettings): void {
    if (this.#given && isSame(settings, this.#given)) return;
    this.#given = settings;
    this.#seed.valueAsNumber = settings.seed;
    this.#setLecture(false);
    this.#changed();
  }

  /** From now on pointing may sound: the user has started sound on the page. */
  allowSound(): void {
    this.#maySound = true;
  }

  #find<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind {
    return within(this.#root, selector, kind);
  }

  #onClick(selector: string, action: () => void | Promise<void>): void {
    this.#find(selector, HTMLButtonElement).addEventListener('click', async () => {
      try {
        await action();
      } catch (cause) {
        this.#showError(cause);
      }
    });
  }

  #listen(): void {
    for (const pace of ['pause', 'slow', 'run'] as const) {
      this.#onClick(`[data-pace=${pace}]`, () => this.#choosePace(pace));
    }
    this.#onClick('.step-once', () => this.#step());
    this.#onClick('.again', () => this.#restart());
    this.#onClick('.other', () => this.#takeOtherSeed());
    this.#onClick('.left-over', () => this.#toggleResidual());
    this.#onClick('.save-numbers', () => this.#saveNumbers());
    this.#onClick('.to-the-letter', () => this.#toggleLecture());
    const { onUse } = this.#actions;
    this.#find('.use', HTMLButtonElement).hidden = !onUse;
    this.#onClick('.use', async () => onUse?.(await this.#run.result()));
    this.#seed.addEventListener('change', () => this.#restart());
    this.#find('.audible', HTMLInputElement).addEventListener('change', () => this.#sound.stop());
    this.#isStill.addEventListener('change', () => this.#showPace());
    this.#showPace();
    const observer = new IntersectionObserver(([{ isIntersecting }]) => {
      this.#motion.isInView = isIntersecting;
      if (isIntersecting && this.#isStale) this.#begin().catch((cause) => this.#showError(cause));
    });
    observer.observe(this.#find('.pictures', HTMLElement));
  }

  /** Settings that hold now. */
  #settings(): FactorizationSettings {
    const seed = Math.round(Math.min(SEEDS.last, Math.max(SEEDS.first, this.#seed.valueAsNumber || 0)));
    return { ...this.#given!, ...(this.#isLecture && LECTURE), seed };
  }

  #changed(): void {
    this.#isStale = true;
    this.#setPace('pause');
    if (this.#motion.isInView) this.#begin().catch((cause) => this.#showError(cause));
  }

  async #begin(): Promise<void> {
    if (!this.#given) return;
    this.#isStale = false;
    this.#leaveResults();
    this.#root.dataset.state = this.#clip ? 'loading' : 'empty';
    if (!this.#clip) {
      this.#run.end();
      this.#say(NO_CLIP);
      return;
    }
    const settings = this.#settings();
    const clip = this.#clip;
    const buffer = this.#isLecture && this.#original ? await this.#original() : clip;
    // Meanwhile something else may have been chosen.
    if (this.#clip !== clip || !isSame(settings, this.#settings())) return;
    this.#plot.begin(settings.divergence, settings.iterations);
    this.#list.show(settings.components);
    this.#say(
      buffer.duration > LONGEST ? `The first ${LONGEST} seconds of “${this.#title}”.` : `All of “${this.#title}”.`,
    );
    const isShown = await this.#run.begin(clipSamples(buffer), settings);
    if (!isShown) return;
    this.#root.dataset.state = 'ready';
    // Unless another pace was chosen meanwhile.
    if (this.#motion.pace === 'pause') this.#setPace(this.#isLecture || this.#isStill.matches ? 'run' : 'slow');
  }

  async #restart(): Promise<void> {
    if (!this.#run.settings) return;
    const pace = this.#motion.pace;
    this.#leaveResults();
    this.#plot.show(new Float32Array());
    this.#setPace('pause');
    await this.#run.restart(this.#settings());
    if (!this.#isStill.matches) this.#setPace(pace === 'run' || this.#isLecture ? 'run' : 'slow');
  }

  async #takeOtherSeed(): Promise<void> {
    const { seed } = this.#settings();
    this.#seed.valueAsNumber = seed === SEEDS.last ? SEEDS.first : seed + 1;
    await this.#restart();
    if (this.#isStill.matches) this.#setPace('run');
  }

  /** At its end the factorisation runs once more. */
  async #choosePace(pace: Pace): Promise<void> {
    if (pace !== 'pause' && this.#run.settings && this.#run.left === 0) await this.#restart();
    this.#setPace(pace);
  }

  async #step(): Promise<void> {
    this.#setPace('pause');
    this.#table.hide();
    await this.#run.advance(1);
  }

  #setPace(pace: Pace): void {
    this.#motion.pace = pace;
    this.#showPace();
  }

  #showPace(): void {
    for (const button of this.#root.querySelectorAll<HTMLButtonElement>('[data-pace]')) {
      button.ariaPressed = String(button.dataset.pace === this.#motion.pace);
      button.hidden = button.dataset.pace === 'slow' && this.#isStill.matches;
    }
  }

  #showMoment(moment: Moment): void {
    const { iteration, errors } = moment;
    const { iterations } = this.#run.settings!;
    this.#stage.showFactors(moment);
    if (iteration > 0) this.#plot.show(errors);
    this.#root.dataset.iteration = String(iteration);
    this.#find('.iteration', HTMLElement).textContent = String(iteration);
    this.#find('.of', HTMLElement).textContent = iteration > iterations ? '' : `(of ${iterations})`;
    const error = iteration > 0 ? errors[iteration - 1].toFixed(4) : '–';
    this.#find('.error-value', HTMLElement).textContent = error;
    if (iteration === iterations) this.#finish(iterations, error);
  }

  #finish(iterations: number, error: string): void {
    this.#setPace('pause');
    this.#say(`${iterations} iterations are done: the relative error is ${error}.`);
    if (this.#isLecture) this.#table.show(this.#run.settings!.components);
  }

  #leaveResults(): void {
    this.#pointing.reset();
    this.#table.hide();
  }

  #light(component: number | null): void {
    this.#stage.light(component);
    this.#list.mark(component, this.#pointing.chosen, this.#heard);
  }

  #hear(component: number | null): void {
    const sounds = component !== null && this.#maySound && this.#find('.audible', HTMLInputElement).checked;
    this.#heard = sounds ? component : null;
    if (sounds) this.#sound.play(component);
    else this.#sound.stop();
    this.#list.mark(this.#pointing.lit, this.#pointing.chosen, this.#heard);
  }

  #toggleResidual(): void {
    const button = this.#find('.left-over', HTMLButtonElement);
    const shown = button.ariaPressed !== 'true';
    button.ariaPressed = String(shown);
    this.#stage.showResidual(shown);
  }

  async #toggleLecture(): Promise<void> {
    if (!this.#clip) return;
    this.#setLecture(!this.#isLecture);
    this.#changed();
  }

  #setLecture(isLecture: boolean): void {
    this.#isLecture = isLecture;
    this.#find('.to-the-letter', HTMLButtonElement).ariaPressed = String(isLecture);
  }

  async #saveNumbers(): Promise<void> {
    if (!this.#run.settings) return;
    download(numbersOf(await this.#run.result()), `${fileNameOf(this.#title, 'W and H')}.json`);
  }

  #nameOf(component: number, sound: string): string {
    return fileNameOf(this.#title, `${component + 1}`, sound);
  }

  #say(message: string): void {
    this.#find('.message', HTMLElement).textContent = message;
  }

  #showError(cause: unknown): void {
    this.#setPace('pause');
    this.#say(cause instanceof Error ? cause.message : String(cause));
  }
}
