import { Subscription } from 'rxjs';
import type { Separation } from '../audio/Separation.ts';
import { inStep } from '../pictures/inStep.ts';
import { SpectrogramView } from '../pictures/SpectrogramView.ts';
import { spectraOf } from '../pictures/spectraOf.ts';
import type { Neighbour } from '../table/ComponentRow.ts';
import { element } from './element.ts';

/** The rolling spectrogram of the mixture, or of the component selected below it. */
export class StageView {
  readonly #picture = new SpectrogramView(element('spectrogram', HTMLCanvasElement));
  readonly #choice = element('shown', HTMLSelectElement);
  #separation: Separation | null = null;
  #subscription = new Subscription();

  constructor() {
    this.#choice.addEventListener('change', () => this.#watch());
  }

  show(separation: Separation): void {
    this.#separation = separation;
    this.#watch();
  }

  showNames(sounding: readonly Neighbour[]): void {
    const [mixture] = this.#choice.options;
    const before = this.#choice.value;
    this.#choice.replaceChildren(
      mixture,
      ...sounding.map(({ component, name }) => new Option(name, String(component))),
    );
    this.#choice.value = before;
    if (this.#choice.value === before) return;
    // The chosen component was merged into another one: show the mixture.
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
