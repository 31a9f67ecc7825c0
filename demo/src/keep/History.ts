import { BehaviorSubject } from 'rxjs';
import type { App } from '../App.ts';
import { showStatus } from '../page/messages.ts';
import type { PageState } from '../state/PageState.ts';

/** The part of the state that can be brought back. Faders only for steps that have moved them: what was mixed since stays. */
type Work = Pick<PageState, 'settings' | 'automatic' | 'grouping' | 'names' | 'lessons' | 'adapting'> &
  Partial<Pick<PageState, 'faders'>>;

/** How many steps can be undone */
const LONGEST = 30;

/** What the user did, to be undone. */
export class History {
  readonly #app: App;
  #works: Work[] = [];
  readonly #length = new BehaviorSubject(0);
  /** How many steps can be undone now */
  readonly length$ = this.#length.asObservable();

  constructor(app: App) {
    this.#app = app;
  }

  /** Called before a change that the user may want to undo. @param mix  whether it moves faders, too */
  remember({ mix = false } = {}): void {
    const { settings, automatic, grouping, names, faders, lessons, adapting } = this.#app.state;
    const work = { settings, automatic, grouping, names, lessons, adapting, ...(mix ? { faders } : {}) };
    this.#works = [...this.#works, work].slice(-LONGEST);
    this.#length.next(this.#works.length);
  }

  async undo(): Promise<void> {
    const work = this.#works.at(-1);
    if (!work) return;
    this.#works = this.#works.slice(0, -1);
    this.#length.next(this.#works.length);
    const { settings, grouping, adapting, ...rest } = work;
    const { learning, store } = this.#app;
    if (this.#app.state.adapting) await learning.setAdapting(false);
    await learning.bringBack(settings, grouping);
    if (adapting) await learning.setAdapting(true);
    store.change(rest);
    showStatus('The last change is undone.');
  }
}
