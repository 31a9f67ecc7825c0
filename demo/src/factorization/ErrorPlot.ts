import type { Divergence } from 'nmf-separator-node';
import { FittedPlot, quietAxis } from '../pictures/FittedPlot.ts';

/** What the error is relative to. */
const TITLES: Readonly<Record<Divergence, string>> = {
  euclidean: 'relative error ‖V − WH‖ / ‖V‖',
  'kullback-leibler': 'relative error D(V, WH) / ΣV',
  'itakura-saito': 'error D(V, WH) per cell',
};
const FONT = '12px system-ui, sans-serif';
/** Space above the highest point, as a part of it. */
const HEADROOM = 0.05;

/** The relative error over the iterations: a point for each that is done. */
export class ErrorPlot {
  readonly #container: HTMLElement;
  #plot: FittedPlot | null = null;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** @param iterations how many there will be */
  begin(divergence: Divergence, iterations: number): void {
    this.#plot?.dispose();
    this.#plot = new FittedPlot(this.#container, optionsFor(divergence, iterations), [[], []]);
    this.show(new Float32Array());
  }

  show(errors: Float32Array): void {
    this.#plot?.setData([Array.from(errors, (_, i) => i + 1), [...errors]]);
    this.#container.ariaLabel = descriptionOf(errors);
  }
}

function descriptionOf(errors: Float32Array): string {
  if (errors.length === 0) return 'Relative error over the iterations: no points yet';
  const [first, last] = [errors[0], errors[errors.length - 1]].map((error) => error.toPrecision(3));
  return `Relative error over the iterations: ${errors.length} points, from ${first} to ${last}`;
}

function optionsFor(divergence: Divergence, iterations: number): ConstructorParameters<typeof FittedPlot>[1] {
  const quiet = () => getComputedStyle(document.body).getPropertyValue('--quiet');
  const accent = () => getComputedStyle(document.body).getPropertyValue('--accent');
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 12, 0, 0],
    scales: {
      x: { time: false, range: (_plot, _least, last) => [0, Math.max(iterations, last ?? 0)] },
      y: { range: (_plot, _least, greatest) => [0, (greatest || 1) * (1 + HEADROOM)] },
    },
    axes: [
      quietAxis({ size: 20, gap: 4, label: 'iteration', labelSize: 16, labelFont: FONT, stroke: quiet }),
      quietAxis({ size: 36, gap: 4, label: TITLES[divergence], labelSize: 18, labelFont: FONT, stroke: quiet }),
    ],
    series: [{}, { stroke: accent, width: 1.5, points: { show: true, size: 4, fill: accent } }],
  };
}
