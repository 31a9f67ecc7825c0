import { animationFrames, BehaviorSubject, combineLatest, EMPTY, exhaustMap, switchMap, throttleTime } from 'rxjs';

/** How fast the factorisation runs by itself. */
export type Pace = 'pause' | 'slow' | 'run';

/** Milliseconds from one picture to the next in slow motion: an eye can follow it, and 100 iterations take 15 seconds. */
const SLOW = 150;

/** Asks for one picture after the other, on animation frames, at the pace that is set and only while the stage is in view. */
export class Motion {
  readonly #pace$ = new BehaviorSubject<Pace>('pause');
  readonly #inView$ = new BehaviorSubject(false);

  /** @param advance makes the next picture; never rejects */
  constructor(advance: () => Promise<void>) {
    combineLatest([this.#pace$, this.#inView$])
      .pipe(
        switchMap(([pace, inView]) => {
          if (pace === 'pause' || !inView) return EMPTY;
          return animationFrames().pipe(throttleTime(pace === 'slow' ? SLOW : 0), exhaustMap(advance));
        }),
      )
      .subscribe();
  }

  get pace(): Pace {
    return this.#pace$.value;
  }

  set pace(pace: Pace) {
    if (pace !== this.#pace$.value) this.#pace$.next(pace);
  }

  get isInView(): boolean {
    return this.#inView$.value;
  }

  set isInView(inView: boolean) {
    if (inView !== this.#inView$.value) this.#inView$.next(inView);
  }
}
