import { type Remote, wrap } from 'comlink';
import { bufferOf } from '../sources/bufferOf.ts';
import { canResume, type FactorizationSettings } from './settings.ts';
import type { Clip, Factorization, FactorizationWorker, Moment, Pictured } from './worker/FactorizationWorker.ts';

/** Beside the page, so that its Content-Security-Policy need not allow `blob:`. */
const WORKER_URL = 'factorization.js';
/** Of the iterations that are done, the part that it goes on by where each picture is computed from the start. */
const STRIDE = 1 / 16;

/** What the run tells. */
export interface RunEvents {
  onMixture(pictured: Pictured): void;
  onMoment(moment: Moment): void;
  onError(cause: unknown): void;
}

/** One factorisation after the other, done by a worker. What an earlier one still answers is not told any more. */
export class Run {
  readonly #events: RunEvents;
  #worker: Remote<FactorizationWorker> | null = null;
  #clip: Clip | null = null;
  #settings: FactorizationSettings | null = null;
  /** Iterations that were asked for. */
  #asked = 0;
  #generation = 0;

  constructor(events: RunEvents) {
    this.#events = events;
  }

  /** Null before the first one, and without a clip. */
  get settings(): FactorizationSettings | null {
    return this.#settings;
  }

  /** Iterations that are still to be done. */
  get left(): number {
    return this.#settings ? Math.max(0, this.#settings.iterations - this.#asked) : 0;
  }

  /**
   * Iterations to the next picture while it runs. Where each is computed from the start, pictures of all iterations would
   * take longer and longer; then the later ones, which differ little, are fewer.
   */
  get stride(): number {
    if (!this.#settings) return 0;
    const stride = canResume(this.#settings) ? 1 : Math.max(1, Math.floor(STRIDE * this.#asked));
    return Math.min(stride, this.left);
  }

  /**
   * Shows the clip, and the random start.
   *
   * @returns false where something else was begun meanwhile, or it failed
   */
  async begin(clip: Clip, settings: FactorizationSettings): Promise<boolean> {
    this.#settings = null;
    this.#clip = clip;
    const worker = this.#startedWorker();
    const isShown = await this.#latest(
      () => worker.load(clip, settings),
      (pictured) => this.#events.onMixture(pictured),
    );
    return isShown && this.restart(settings);
  }

  /** Shows a random start of the same clip. @returns as `begin` */
  restart(settings: FactorizationSettings): Promise<boolean> {
    this.#settings = settings;
    this.#asked = 0;
    return this.#ask((worker) => worker.start(settings));
  }

  async advance(iterations: number): Promise<void> {
    if (!this.#settings || iterations === 0) return;
    this.#asked += iterations;
    await this.#ask((worker) => worker.advance(iterations), this.#generation);
  }

  /** Ends the run: nothing is left to tell. */
  end(): void {
    this.#generation++;
    this.#settings = null;
  }

  /** The clip as a component alone, at this moment. */
  async filtered(component: number): Promise<AudioBuffer> {
    return this.#bufferOf(await this.#startedWorker().filtered(component));
  }

  /** The template of a component made audible. */
  async sonified(component: number): Promise<AudioBuffer> {
    return this.#bufferOf(await this.#startedWorker().sonified(component));
  }

  async result(): Promise<Factorization> {
    return this.#startedWorker().result();
  }

  #ask(question: (worker: Remote<FactorizationWorker>) => Promise<Moment>, generation?: number): Promise<boolean> {
    const worker = this.#startedWorker();
    return this.#latest(
      () => question(worker),
      (moment) => this.#events.onMoment(moment),
      generation,
    );
  }

  /**
   * @param generation that a question belongs to; a new one unless it is given
   * @returns whether the answer was told
   */
  async #latest<Answer>(
    question: () => Promise<Answer>,
    tell: (answer: Answer) => void,
    generation = ++this.#generation,
  ): Promise<boolean> {
    try {
      const answer = await question();
      if (generation !== this.#generation) return false;
      tell(answer);
      return true;
    } catch (cause) {
      if (generation === this.#generation) this.#events.onError(cause);
      return false;
    }
  }

  /** Started for the first clip: when the page opens, most readers have not come so far. */
  #startedWorker(): Remote<FactorizationWorker> {
    if (this.#worker) return this.#worker;
    const worker = new Worker(WORKER_URL);
    worker.addEventListener('error', () => this.#events.onError(new Error('The factorisation could not be started.')));
    this.#worker = wrap<FactorizationWorker>(worker);
    return this.#worker;
  }

  #bufferOf(samples: Float32Array): AudioBuffer {
    return bufferOf([samples], this.#clip!.sampleRate);
  }
}
