import { map, Subscription } from 'rxjs';
import type { App } from '../App.ts';
import type { Separation } from '../audio/Separation.ts';
import { inStep } from '../pictures/inStep.ts';
import { SpectrogramView } from '../pictures/SpectrogramView.ts';
import { spectraOf } from '../pictures/spectraOf.ts';
import { type Part, partsOf } from '../state/parts.ts';
import { element } from './element.ts';

/** The rolling spectrogram of the mixture, or of the part selected below it. */
export class StagePanel {
  readonly #picture = new SpectrogramView(element('spectrogram', HTMLCanvasElement));
  readonly #choice = element('shown', HTMLSelectElement);
  #separation: Separation | null = null;
  #subscription = new Subscription();

  constructor(app: App) {
    this.#choice.addEventListener('change', () => this.#watch());
    app.watchSeparation((separation) => {
      this.#separation = separation;
      this.#watch();
      return new Subscription(() => this.#subscription.unsubscribe());
    });
    app.store
      .watch((state) => state)
      .pipe(map(partsOf))
      .subscribe((parts) => this.#showParts(parts));
  }

  #showParts(parts: readonly Part[]): void {
    const [mixture] = this.#choice.options;
    const before = this.#choice.value;
    const same = parts.every(({ name }, i) => this.#choice.options[i + 1]?.textContent === name);
    if (same && this.#choice.options.length === parts.length + 1) return;
    this.#choice.replaceChildren(mixture, ...parts.map(({ component, name }) => new Option(name, String(component))));
    this.#choice.value = before;
    if (this.#choice.value === before) return;
    // The chosen part is merged into another one, or does not exist any more: show the mixture.
    this.#choice.selectedIndex = 0;
    this.#watch();
  }

  #watch(): void {
    this.#subscription.unsubscribe();
    if (!this.#separation) return;
    const { node } = this.#separation;
    const context = node.context as AudioContext;
    const component = this.#choice.value === '' ? null : node.components[Number(this.#choice.value)];
    const frames = component ? spectraOf(component) : node.spectrogram$.pipe(inStep(context));
    this.#subscription = frames.subscribe(({ time, magnitudes }) => {
      this.#picture.add(time, magnitudes, context.sampleRate);
    });
  }
}
