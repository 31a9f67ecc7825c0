import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { type Part, partsOf } from '../state/parts.ts';
import { acceptFiles } from './acceptFiles.ts';
import { whileHeld } from './whileHeld.ts';

/** A button for each part that records its sound while it is held, and takes files that are dropped on it. */
export class TeachPanel {
  readonly #app: App;
  readonly #buttons = element('teach-buttons', HTMLElement);

  constructor(app: App) {
    this.#app = app;
    const learn = element('teach-learn', HTMLButtonElement);
    const forget = element('teach-forget', HTMLButtonElement);
    learn.addEventListener('click', () => app.attempt(() => app.learning.fromLessons()));
    forget.addEventListener('click', () => app.teaching.forget());
    const { store } = app;
    store.watch(({ settings }) => settings.components).subscribe((count) => this.#make(count));
    store
      .watch((state) => state)
      .subscribe((state) => {
        const grouped = state.grouping?.isGrouped ?? false;
        const recorded = state.lessons.slice(0, state.settings.components).some(Boolean);
        element('teach-grouped', HTMLElement).hidden = !grouped;
        learn.disabled = !recorded || grouped;
        forget.disabled = !recorded;
        this.#show(partsOf(state), grouped);
      });
    store.watch(({ lessons }) => lessons).subscribe(() => this.#showSeconds());
  }

  #make(count: number): void {
    this.#buttons.replaceChildren(...Array.from({ length: count }, (_, component) => this.#makeButton(component)));
    this.#show(partsOf(this.#app.state), false);
    this.#showSeconds();
  }

  #makeButton(component: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'hold';
    button.dataset.component = String(component);
    button.append(document.createElement('span'), document.createElement('output'));
    let recording: { stop(): Promise<void> } | null = null;
    whileHeld(
      button,
      () => {
        if (!this.#app.state.sound) return;
        recording = this.#app.teaching.record(component);
      },
      () => {
        const ending = recording;
        recording = null;
        if (ending) void this.#app.attempt(() => ending.stop());
      },
    );
    acceptFiles(button, (file) => this.#app.attempt(() => this.#app.teaching.addFile(component, file)));
    return button;
  }

  /** Merged components cannot be taught: they have no stream of their own. */
  #show(parts: readonly Part[], grouped: boolean): void {
    for (const button of this.#buttons.children as Iterable<HTMLButtonElement>) {
      const part = parts.find(({ component }) => String(component) === button.dataset.component);
      button.hidden = part === undefined;
      button.disabled = grouped;
      if (!part) continue;
      button.style.setProperty('--component', part.colour);
      const name = button.querySelector('span')!;
      if (name.textContent !== part.name) name.textContent = part.name;
    }
    this.#sort(parts);
  }

  #sort(parts: readonly Part[]): void {
    const placeOf = ({ dataset }: HTMLElement) =>
      parts.findIndex(({ component }) => String(component) === dataset.component);
    const buttons = [...this.#buttons.children] as HTMLElement[];
    const sorted = buttons.toSorted((one, other) => placeOf(one) - placeOf(other));
    if (sorted.some((button, i) => button !== buttons[i])) this.#buttons.replaceChildren(...sorted);
  }

  #showSeconds(): void {
    const { seconds } = this.#app.teaching;
    for (const button of this.#buttons.children as Iterable<HTMLElement>) {
      const recorded = seconds[Number(button.dataset.component)];
      button.querySelector('output')!.textContent = recorded > 0 ? `${recorded.toFixed(1)} s` : 'hold';
    }
  }
}
