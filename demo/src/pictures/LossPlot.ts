import type { Progress } from 'nmf-separator-node';
import { FittedPlot, quietAxis } from './FittedPlot.ts';

/** uPlot's number for a logarithmic scale. */
const LOGARITHMIC = 3;
/** Hues of neighbouring starts, in degrees. */
const HUE_STEP = 47;
const FIRST_HUE = 265;

/** Share of the losses by which the axis goes beyond the curve. */
const MARGIN = 0.02;
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** How the loss falls while a model is learned: a curve for each random start. */
export class LossPlot {
  readonly #container: HTMLElement;
  #plot: FittedPlot | null = null;
  /** One curve a start. */
  #curves: (number | null)[][] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Forgets what was learned before. */
  begin(): void {
    this.#plot?.dispose();
    this.#plot = null;
    this.#curves = [];
  }

  /** Progress is told now and then, so a curve has gaps, which are drawn as straight lines. */
  add({ iteration, restart, restarts, loss }: Progress): void {
    // Progress that is told late belongs to a learning that has been cancelled.
    if (this.#curves.length !== restarts) {
      this.begin();
      this.#curves = Array.from({ length: restarts }, () => []);
    }
    // A logarithmic axis has no room for zero.
    if (loss > 0) this.#curves[restart - 1][iteration - 1] = loss;
    const data = this.#data();
    this.#plot ??= new FittedPlot(this.#container, optionsFor(restarts), data);
    this.#plot.setData(data);
  }

  /** @param losses  of the start that is kept, one value a step */
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
      // No further than the curve goes: whole decades would leave it no room.
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
