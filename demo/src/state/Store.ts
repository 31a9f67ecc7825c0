import { BehaviorSubject, distinctUntilChanged, map, type Observable } from 'rxjs';

/** One immutable state. Controllers change it, panels watch it. */
export class Store<State extends object> {
  readonly #state: BehaviorSubject<State>;

  constructor(initial: State) {
    this.#state = new BehaviorSubject(initial);
  }

  get value(): State {
    return this.#state.value;
  }

  /** Replaces the given members. Watchers are told before this returns. */
  change(change: Partial<State>): void {
    this.#state.next({ ...this.#state.value, ...change });
  }

  /** Emits the selected value now, and whenever it becomes another one. */
  watch<Value>(select: (state: State) => Value): Observable<Value> {
    return this.#state.pipe(map(select), distinctUntilChanged());
  }
}
