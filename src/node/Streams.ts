import { BehaviorSubject, Observable, Subject } from 'rxjs';
import type { NMFModel } from '../model.ts';
import { type Progress, REPORT } from '../protocol.ts';

export type SeparatorState = 'loading' | 'ready' | 'learning' | 'failed' | 'disposed';

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

/** Everything a node tells, as hot and shared streams. Main thread. */
export class Streams {
  readonly state = new BehaviorSubject<SeparatorState>('loading');
  readonly model = new BehaviorSubject<NMFModel | null>(null);
  readonly progress = new Subject<Progress>();
  readonly activations = new Subject<{ time: number; values: Float32Array }>();
  readonly errors = new Subject<Error>();
  readonly frames = new Subject<{ time: number; magnitudes: Float32Array }>();
  /** The newest activations, updated in place. */
  readonly newest: Float32Array;
  statistics: Statistics = { framesIn: 0, framesActivated: 0, lateFrames: 0, nonFiniteSamples: 0, load: 0 };
  /** Tells when the first subscriber comes and when the last one goes, since frames are only sent meanwhile. */
  readonly framesWhileWatched: Observable<{ time: number; magnitudes: Float32Array }>;

  constructor(components: number, onWatched: (watched: boolean) => void) {
    this.newest = new Float32Array(components);
    let watchers = 0;
    this.framesWhileWatched = new Observable((subscriber) => {
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
    this.activations.next({ time: report[REPORT.time], values });
  }

  complete(): void {
    for (const subject of [this.state, this.model, this.progress, this.activations, this.errors, this.frames])
      subject.complete();
  }
}
