import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { notify } from '../page/messages.ts';
import { type Part, partsOf } from '../state/parts.ts';
import { LONGEST } from '../timeline/Region.ts';
import { acceptFiles } from './acceptFiles.ts';
import type { LessonRecording } from './Teaching.ts';
import { whileHeld } from './whileHeld.ts';

/** Milliseconds between two updates of the recorded seconds */
const INTERVAL = 100;

/** A button for each part that records its sound while it is held, and takes files that are dropped on it. */
export class TeachPanel {
  readonly #app: App;
  /** The lesson that is being recorded, and for which component */
  #recording: LessonRecording | null = null;
  #component = 0;
  #timer = 0;
  /** By component, lets go of its button. */
  #letGo: (() => void)[] = [];
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

  #begin(component: number): void {
    if (!this.#app.state.sound) {
      this.#letGo[component]();
      notify('Play something first: what is heard teaches the part.');
      return;
    }
    for (const [other, letGo] of this.#letGo.entries()) if (other !== component) letGo();
    this.#recording = this.#app.teaching.record(component);
    this.#component = component;
    this.#timer = setInterval(() => this.#showRecording(), INTERVAL) as unknown as number;
  }

  #end(): void {
    const recording = this.#recording;
    this.#recording = null;
    clearInterval(this.#timer);
    if (recording) void this.#app.attempt(() => recording.stop());
  }

  #make(count: number): void {
    for (const letGo of this.#letGo) letGo();
    this.#letGo = [];
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
    this.#letGo[component] = whileHeld(
      button,
      () => this.#begin(component),
      () => this.#end(),
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

  #showRecording(): void {
    this.#showSeconds();
    if (this.#recording && this.#recording.seconds >= LONGEST) this.#letGo[this.#component]();
  }

  #showSeconds(): void {
    const { seconds } = this.#app.teaching;
    for (const button of this.#buttons.children as Iterable<HTMLElement>) {
      const component = Number(button.dataset.component);
      const now = component === this.#component ? (this.#recording?.seconds ?? 0) : 0;
      const recorded = seconds[component] + now;
      button.querySelector('output')!.textContent = recorded > 0 ? `${recorded.toFixed(1)} s` : 'hold';
    }
  }
}
