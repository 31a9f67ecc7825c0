import type { NMFSeparatorNode, Progress } from 'nmf-separator-node';
import { Subscription } from 'rxjs';
import type { Separation } from '../audio/Separation.ts';
import { LossPlot } from '../pictures/LossPlot.ts';
import { element } from './element.ts';
import { showError, showStatus } from './messages.ts';
import { showStatistics } from './statistics.ts';

/** Milliseconds between two updates of the statistics: slow enough to read */
const STATISTICS_INTERVAL = 500;

/** Shows the separator's state, the progress of learning, and the loss. */
export class StateView {
  readonly #progress = element('progress', HTMLProgressElement);
  readonly #loss = new LossPlot(element('loss', HTMLElement));
  #node: NMFSeparatorNode | null = null;
  #subscription = new Subscription();

  constructor() {
    setInterval(() => this.#node && showStatistics(this.#node), STATISTICS_INTERVAL);
  }

  show({ node }: Separation): void {
    this.#subscription.unsubscribe();
    this.#node = node;
    this.#subscription = new Subscription();
    this.#subscription.add(node.state$.subscribe((state) => this.#showState(state)));
    this.#subscription.add(node.model$.subscribe(() => this.#describe()));
    this.#subscription.add(node.progress$.subscribe((progress) => this.#showProgress(progress)));
    this.#subscription.add(node.error$.subscribe(showError));
  }

  showLoss(losses: Float32Array): void {
    this.#loss.showKept(losses);
  }

  #showState(state: NMFSeparatorNode['state']): void {
    const learning = state === 'learning';
    document.body.dataset.state = state;
    element('cancel', HTMLButtonElement).disabled = !learning;
    this.#progress.value = learning || !this.#node?.model ? 0 : 1;
    if (learning) this.#loss.begin();
    this.#describe();
  }

  #showProgress(progress: Progress): void {
    const { iteration, iterations, restart, restarts } = progress;
    this.#progress.value = (restart - 1 + iteration / iterations) / restarts;
    this.#loss.add(progress);
  }

  #describe(): void {
    const { state, model } = this.#node!;
    document.body.dataset.learned = String(model !== null);
    showStatus(describe(state, model !== null));
  }
}

function describe(state: NMFSeparatorNode['state'], learned: boolean): string {
  switch (state) {
    case 'loading':
      return 'Loading the separator …';
    case 'learning':
      return 'Learning what the sound is made of …';
    case 'failed':
      return 'The separator could not be loaded.';
    case 'disposed':
      return 'The separator has ended.';
    case 'ready':
      return learned
        ? 'Separating live.'
        : 'Nothing learned yet: let it listen for some seconds, then learn from what you just heard.';
  }
}
