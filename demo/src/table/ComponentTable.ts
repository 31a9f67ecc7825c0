import { combineLatest, type Subscription } from 'rxjs';
import type { App } from '../App.ts';
import type { Separation } from '../audio/Separation.ts';
import { element } from '../page/element.ts';
import { inStep } from '../pictures/inStep.ts';
import { partsOf } from '../state/parts.ts';
import { ComponentRow } from './ComponentRow.ts';

/** The mixer: a row for each part, in the order of pitch. */
export class ComponentTable {
  readonly #app: App;
  readonly #container = element('components', HTMLElement);
  #rows: ComponentRow[] = [];
  #separation: Separation | null = null;

  constructor(app: App) {
    this.#app = app;
    const { store, parts } = app;
    store.watch(({ settings }) => settings.components).subscribe((count) => this.#make(count));
    store.watch((state) => state).subscribe(() => this.#show());
    app.watchSeparation((separation) => this.#follow(separation));
    const round = element('hear-each', HTMLButtonElement);
    round.addEventListener('click', () => app.attempt(() => parts.hearEach()));
    combineLatest([store.watch(({ grouping }) => grouping), store.watch(({ spotlight }) => spotlight)]).subscribe(
      ([grouping, spotlight]) => {
        round.disabled = grouping === null;
        round.textContent = spotlight === null ? 'Hear each part in turn' : 'Hear them together';
        for (const { element: row } of this.#rows)
          row.classList.toggle('lit', row.dataset.component === String(spotlight));
      },
    );
    this.#drawMeters(performance.now());
  }

  #make(count: number): void {
    for (const row of this.#rows) row.dispose();
    this.#rows = Array.from({ length: count }, (_, k) => new ComponentRow(this.#app, k));
    this.#container.replaceChildren(...this.#rows.map((row) => row.element));
  }

  #show(): void {
    const { state } = this.#app;
    const parts = partsOf(state);
    const model = state.grouping?.model ?? null;
    for (const row of this.#rows) {
      const part = parts.find(({ component }) => String(component) === row.element.dataset.component);
      row.element.hidden = !part;
      if (!part) continue;
      row.show(
        part,
        parts.filter((other) => other !== part && other.learned),
        model,
      );
    }
    this.#sort(parts.map(({ component }) => component));
  }

  /** @param order  components from top to bottom; those that are merged into others come last */
  #sort(order: readonly number[]): void {
    const merged = this.#rows.map((_, k) => k).filter((k) => !order.includes(k));
    const wanted = [...order, ...merged].map((k) => this.#rows[k].element);
    const isSorted = wanted.every((row, place) => this.#container.children[place] === row);
    if (!isSorted) this.#container.replaceChildren(...wanted);
  }

  #follow(separation: Separation): Subscription {
    const { node } = separation;
    this.#separation = separation;
    const levels = node.activations$.pipe(inStep(node.context as AudioContext)).subscribe((frame) => {
      for (const [k, row] of this.#rows.entries()) row.addLevel(frame.time, frame.levels[k] ?? 0);
    });
    return levels;
  }

  #drawMeters(before: number): void {
    requestAnimationFrame((now) => {
      const channels = this.#separation?.mixer.channels ?? [];
      for (const [k, row] of this.#rows.entries()) {
        if (channels[k]) row.drawMeter(channels[k], (now - before) / 1000);
      }
      this.#drawMeters(now);
    });
  }
}
