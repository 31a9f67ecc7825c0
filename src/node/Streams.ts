import { Observable, ReplaySubject, Subject } from 'rxjs';
import type { Progress } from '../dsp/learning/progress.ts';
import type { NMFModel } from '../model/NMFModel.ts';
import { REPORT } from '../protocol/report.ts';

/** What a node is doing. `'failed'` is for good: it did not load, or its processor threw. */
export type SeparatorState = 'loading' | 'ready' | 'learning' | 'failed' | 'disposed';

/** Counts since the node was made. framesIn = framesActivated + lateFrames + frames without a model. */
export interface Statistics {
  /** Frames heard. */
  framesIn: number;
  /** Frames activated where `activation` says. */
  framesActivated: number;
  /** Frames whose activations did not come back in time and were made in the worklet. */
  lateFrames: number;
  /** Input samples played as zero. */
  nonFiniteSamples: number;
  /** Share of the time between two hops that is spent in worklet and worker together, averaged over two seconds. */
  load: number;
  /** Seconds of sound in the rolling spectrogram; what is softer than −80 dBFS counts as silence. */
  heardSeconds: number;
}

/** How strongly each component sounds in a frame. */
export interface ActivationFrame {
  /** Context time in seconds at which the middle of the frame is heard. */
  time: number;
  /** K values: of each component, the sum of its templates' activations. */
  values: Float32Array;
  /** K values from 0 to 1: the level of each component's stream against the loudest of it. */
  levels: Float32Array;
}

/** A component starts to sound. */
export interface Onset {
  /** Context time in seconds at which that is heard at the output. */
  time: number;
  /** Which one. */
  component: number;
  /** From 0 to 1: by how much its level rises. */
  strength: number;
}

/** One frame of the input. */
export interface SpectrogramFrame {
  /** Context time in seconds at which the middle of the frame is heard. */
  time: number;
  /** fftSize/2 + 1 values, averaged over the channels. */
  magnitudes: Float32Array;
}

/** A value and the stream of its changes, which replays the newest one even after its end: a BehaviorSubject does not. */
class Current<T> {
  readonly #changes = new ReplaySubject<T>(1);
  readonly changes$ = this.#changes.asObservable();
  #value: T;

  constructor(value: T) {
    this.#value = value;
    this.#changes.next(value);
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    this.#value = value;
    this.#changes.next(value);
  }

  complete(): void {
    this.#changes.complete();
  }
}

/** Everything a node tells, as hot and shared streams. Main thread. */
export class Streams {
  readonly state = new Current<SeparatorState>('loading');
  readonly model = new Current<NMFModel | null>(null);
  readonly progress = new Subject<Progress>();
  readonly errors = new Subject<Error>();
  readonly frames = new Subject<SpectrogramFrame>();
  readonly onsets = new Subject<Onset>();
  readonly progress$ = this.progress.asObservable();
  readonly errors$ = this.errors.asObservable();
  readonly activations$: Observable<ActivationFrame>;
  /** Tells when the first subscriber comes and when the last one goes, since frames are only sent meanwhile. */
  readonly frames$: Observable<SpectrogramFrame>;
  /** Tells the same, since onsets are only looked for meanwhile. */
  readonly onsets$: Observable<Onset>;
  /** The newest activations and levels, updated in place. */
  readonly newest: Float32Array;
  readonly levels: Float32Array;
  statistics: Statistics = {
    framesIn: 0,
    framesActivated: 0,
    lateFrames: 0,
    nonFiniteSamples: 0,
    load: 0,
    heardSeconds: 0,
  };
  readonly #activations = new Subject<ActivationFrame>();
  readonly #hopSeconds: number;

  constructor(components: number, hopSeconds: number, watchers: Watchers) {
    this.#hopSeconds = hopSeconds;
    this.newest = new Float32Array(components);
    this.levels = new Float32Array(components);
    this.activations$ = this.#activations.asObservable();
    this.frames$ = watched(this.frames, watchers.frames);
    this.onsets$ = watched(this.onsets, watchers.onsets);
  }

  report(report: Float64Array): void {
    this.statistics = {
      framesIn: report[REPORT.framesIn],
      framesActivated: report[REPORT.framesActivated],
      lateFrames: report[REPORT.lateFrames],
      nonFiniteSamples: report[REPORT.nonFiniteSamples],
      load: report[REPORT.load],
      heardSeconds: report[REPORT.soundingFrames] * this.#hopSeconds,
    };
    const levelsStart = REPORT.activations + this.newest.length;
    const values = Float32Array.from(report.subarray(REPORT.activations, levelsStart));
    const levels = Float32Array.from(report.subarray(levelsStart));
    this.newest.set(values);
    this.levels.set(levels);
    this.#activations.next({ time: report[REPORT.time], values, levels });
  }

  complete(): void {
    const { state, model, progress, errors, frames, onsets } = this;
    for (const stream of [state, model, progress, errors, frames, onsets, this.#activations]) stream.complete();
  }
}

/** Told when the first subscriber of a stream comes and when the last one goes. */
type OnWatched = (isWatched: boolean) => void;

/** Of each stream that costs something to make. */
interface Watchers {
  readonly frames: OnWatched;
  readonly onsets: OnWatched;
}

function watched<T>(stream: Subject<T>, onWatched: OnWatched): Observable<T> {
  let watchers = 0;
  return new Observable((subscriber) => {
    if (watchers++ === 0) onWatched(true);
    const subscription = stream.subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      if (--watchers === 0) onWatched(false);
    };
  });
}
