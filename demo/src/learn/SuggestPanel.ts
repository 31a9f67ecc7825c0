import type { Suggestion } from 'nmf-separator-node';
import { element } from '../page/element.ts';

/** A button that suggests a number of components K, and a text that explains the suggestion. */
export class SuggestPanel {
  readonly #button = element('suggest', HTMLButtonElement);
  readonly #reason = element('suggestion', HTMLElement);
  #asking: AbortController | null = null;

  /**
   * @param ask  computes a suggestion; the signal cancels it
   * @param onSuggestion  called with the suggested number of components
   * @param attempt  runs an action and shows its error, if any
   */
  constructor(
    ask: (signal: AbortSignal) => Promise<Suggestion>,
    onSuggestion: (components: number) => Promise<void>,
    attempt: (action: () => Promise<void>) => void,
  ) {
    this.#button.addEventListener('click', () => {
      if (this.#asking) this.cancel();
      else attempt(async () => onSuggestion(await this.#ask(ask)));
    });
  }

  /** Called when a source plays: without one there is nothing to analyse. */
  enable(): void {
    this.#button.disabled = false;
  }

  /** Cancels a running suggestion and clears the explanation, which belongs to the previous sound. */
  cancel(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#button.textContent = 'Suggest';
    this.#reason.textContent = '';
  }

  async #ask(ask: (signal: AbortSignal) => Promise<Suggestion>): Promise<number> {
    const asking = new AbortController();
    this.#asking = asking;
    this.#button.textContent = 'Cancel';
    this.#reason.textContent = 'Trying one number of components after the other …';
    try {
      const found = await ask(asking.signal);
      asking.signal.throwIfAborted();
      this.cancel();
      this.#reason.textContent = explain(found);
      return found.suggestion;
    } finally {
      if (this.#asking === asking) this.cancel();
    }
  }
}

/** For example "3 suggested: the last of them lowers the loss by 12 %, one more only by 4 %." */
function explain({ suggestion, table }: Suggestion): string {
  // No-break space: the sign must not wrap to the next line.
  const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;
  const fallOf = (components: number) => {
    const [before, after] = [table[components - 2], table[components - 1]];
    return before && after && before.loss > 0 ? percent(1 - after.loss / before.loss) : null;
  };
  const [last, next] = [fallOf(suggestion), fallOf(suggestion + 1)];
  const reasons = [last && `the last of them lowers the loss by ${last}`, next && `one more only by ${next}`];
  return `${suggestion} suggested: ${reasons.filter(Boolean).join(', ')}. Your ears know better.`;
}
