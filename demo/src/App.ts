import type { NMFSeparatorNode } from 'nmf-separator-node';
import { Subscription } from 'rxjs';
import type { Separation } from './audio/Separation.ts';
import { Session } from './audio/Session.ts';
import { History } from './keep/History.ts';
import { Keeping } from './keep/Keeping.ts';
import { Learning } from './learn/Learning.ts';
import { hideError, showError } from './page/messages.ts';
import { Performance } from './perform/Performance.ts';
import { Transport } from './sources/Transport.ts';
import { INITIAL_STATE, type PageState } from './state/PageState.ts';
import { mixOf } from './state/parts.ts';
import { Store } from './state/Store.ts';
import { Parts } from './table/Parts.ts';
import { Teaching } from './teach/Teaching.ts';

/**
 * The page: its state, the sound, and a controller for each thing that a user can do. Panels watch the state and call the
 * controllers.
 */
export class App {
  readonly store = new Store<PageState>(INITIAL_STATE);
  readonly history = new History(this);
  readonly transport = new Transport(this);
  readonly learning = new Learning(this);
  readonly parts = new Parts(this);
  readonly teaching = new Teaching(this);
  readonly keeping = new Keeping(this);
  readonly performance = new Performance(this);
  readonly #watchers: ((separation: Separation) => Subscription)[] = [];
  /** Created on the first click: browsers do not start an AudioContext without a user gesture. */
  #session: Session | null = null;
  #subscription = new Subscription();

  get state(): PageState {
    return this.store.value;
  }

  /** The sound; made when it is first asked for, which has to be in a user's gesture. */
  get session(): Session {
    if (this.#session) return this.#session;
    const session = new Session(this.state.settings, mixOf(this.state), (separation) => this.#show(separation));
    this.#session = session;
    const { context, separation } = session;
    for (const member of ['faders', 'grouping', 'spotlight', 'bypassed', 'silenced'] as const)
      this.store.watch((state) => state[member]).subscribe(() => session.separation.mixer.set(mixOf(this.state)));
    this.store.watch(({ master }) => master).subscribe((gain) => session.output.setMaster(gain));
    this.store.watch(({ inputGain }) => inputGain).subscribe((gain) => session.setInputGain(gain));
    context.addEventListener('statechange', () => this.store.change({ playing: context.state === 'running' }));
    // What was brought back from an earlier visit is shown until it plays.
    const { grouping } = this.state;
    this.#show(separation);
    this.store.change({ grouping });
    return session;
  }

  get started(): boolean {
    return this.#session !== null;
  }

  /** null before anything was played */
  get node(): NMFSeparatorNode | null {
    return this.#session?.separation.node ?? null;
  }

  /** Runs an action and shows its error, if any. */
  async attempt(action: () => unknown): Promise<void> {
    hideError();
    try {
      await action();
    } catch (cause) {
      showError(cause);
    }
  }

  /** @param watch  subscribes to a separation; called now, if there is one, and with every one that takes over */
  watchSeparation(watch: (separation: Separation) => Subscription): void {
    this.#watchers.push(watch);
    if (this.#session) this.#subscription.add(watch(this.#session.separation));
  }

  #show(separation: Separation): void {
    const { node } = separation;
    this.#subscription.unsubscribe();
    this.#subscription = new Subscription();
    this.#subscription.add(node.state$.subscribe((separator) => this.store.change({ separator })));
    this.#subscription.add(node.error$.subscribe(showError));
    this.#subscription.add(
      node.model$.subscribe(() => this.store.change({ grouping: separation.grouping, adapting: node.adapting })),
    );
    for (const watch of this.#watchers) this.#subscription.add(watch(separation));
  }
}
