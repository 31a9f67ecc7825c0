import type { Progress } from 'nmf-separator-node';
import { FittedPlot, quietAxis } from '../pictures/FittedPlot.ts';

/** uPlot's `distr` value for a logarithmic scale */
const LOGARITHMIC = 3;
/** Difference in hue between the curves of successive initialisations, in degrees */
const HUE_STEP = 47;
const FIRST_HUE = 265;

/** Space above and below the curves, as a fraction of the loss there */
const MARGIN = 0.02;
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** The loss over the iterations of learning, one curve for each random initialisation. */
export class LossPlot {
  readonly #container: HTMLElement;
  #plot: FittedPlot | null = null;
  /** Initialisations × iterations */
  #curves: (number | null)[][] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Removes the curves of the previous learning. */
  begin(): void {
    this.#plot?.dispose();
    this.#plot = null;
    this.#curves = [];
  }

  /** Progress is not reported for every iteration. The plot draws straight lines over the gaps. */
  add({ iteration, restart, restarts, loss }: Progress): void {
    // Late progress of a cancelled learning may have come first, with another number of initialisations.
    if (this.#curves.length !== restarts) {
      this.begin();
      this.#curves = Array.from({ length: restarts }, () => []);
    }
    // Zero has no place on a logarithmic axis.
    if (loss > 0) this.#curves[restart - 1][iteration - 1] = loss;
    const data = this.#data();
    this.#plot ??= new FittedPlot(this.#container, optionsFor(restarts), data);
    this.#plot.setData(data);
  }

  /** @param losses  of the initialisation that was kept, one value for each iteration */
  showKept(losses: Float32Array): void {
    this.begin();
    this.#curves = [Array.from(losses, (loss) => (loss > 0 ? loss : null))];
    this.#plot = new FittedPlot(this.#container, optionsFor(1), this.#data());
  }

  #data(): [number[], ...(number | null)[][]] {
    const iterations = Math.max(2, ...this.#curves.map((curve) => curve.length));
    const steps = Array.from({ length: iterations }, (_, i) => i + 1);
    return [steps, ...this.#curves.map((curve) => steps.map((_, i) => curve[i] ?? null))];
  }
}

function optionsFor(starts: number): ConstructorParameters<typeof FittedPlot>[1] {
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 8, 0, 0],
    scales: {
      x: { time: false },
      // uPlot would round the range to whole decades, in which the curve would look flat.
      y: { distr: LOGARITHMIC, range: (_plot, least, greatest) => [least * (1 - MARGIN), greatest * (1 + MARGIN)] },
    },
    axes: [
      quietAxis({ size: 20, gap: 4, values: (_plot, splits) => splits.map((step) => String(Math.round(step))) }),
      quietAxis({
        size: 44,
        gap: 4,
        splits: (_plot, _axis, least, greatest) => [least, Math.sqrt(least * greatest), greatest],
        filter: (_plot, splits) => splits,
        values: (_plot, splits) => splits.map((loss) => SHORT.format(loss)),
      }),
    ],
    series: [
      {},
      ...Array.from({ length: starts }, (_, i) => ({
        stroke: `oklch(0.62 0.17 ${(FIRST_HUE + HUE_STEP * i) % 360})`,
        width: 2,
        spanGaps: true,
        points: { show: false },
      })),
    ],
  };
}
