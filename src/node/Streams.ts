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
}

/** How strongly each component sounds in a frame. */
export interface ActivationFrame {
  /** Context time in seconds at which the middle of the frame is heard. */
  time: number;
  /** K values: of each component, the sum of its templates' activations. */
  values: Float32Array;
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
  readonly progress$ = this.progress.asObservable();
  readonly errors$ = this.errors.asObservable();
  readonly activations$: Observable<ActivationFrame>;
  /** Tells when the first subscriber comes and when the last one goes, since frames are only sent meanwhile. */
  readonly frames$: Observable<SpectrogramFrame>;
  /** The newest activations, updated in place. */
  readonly newest: Float32Array;
  statistics: Statistics = { framesIn: 0, framesActivated: 0, lateFrames: 0, nonFiniteSamples: 0, load: 0 };
  readonly #activations = new Subject<ActivationFrame>();

  constructor(components: number, onWatched: (watched: boolean) => void) {
    this.newest = new Float32Array(components);
    this.activations$ = this.#activations.asObservable();
    let watchers = 0;
    this.frames$ = new Observable((subscriber) => {
      if (watchers++ === 0) onWatched(true);
      const subscription = this.frames.subscribe(subscriber);
      return () => {
        subscription.unsubscribe();
        if (--watchers === 0) onWatched(false);
      };
    });
  }

  report(report: Float64Array): void {
    this.statistics = {
      framesIn: report[REPORT.framesIn],
      framesActivated: report[REPORT.framesActivated],
      lateFrames: report[REPORT.lateFrames],
      nonFiniteSamples: report[REPORT.nonFiniteSamples],
      load: report[REPORT.load],
    };
    const values = Float32Array.from(report.subarray(REPORT.activations));
    this.newest.set(values);
    this.#activations.next({ time: report[REPORT.time], values });
  }

  complete(): void {
    for (const stream of [this.state, this.model, this.progress, this.errors, this.frames, this.#activations])
      stream.complete();
  }
}
