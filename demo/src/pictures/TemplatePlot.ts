import type { NMFModel } from 'nmf-separator-node';
import { colourOf } from './colours.ts';
import { FittedPlot, quietAxis } from './FittedPlot.ts';
import { loudestBetween } from './loudestBetween.ts';
import { spectrumOf } from './spectrumOf.ts';

/** Hz at the left and the right edge */
const LOWEST = 40;
const HIGHEST = 16_000;
const LABELLED = [100, 1000, 10_000];
/** dB re the peak, at the lower edge */
const FLOOR = -50;
/** Points of the curve: about one for each pixel of the plot's width */
const POINTS = 200;
/** uPlot's `distr` value for a logarithmic scale */
const LOGARITHMIC = 3;

/** The spectrum of a component: the sum of its templates, in dB below its peak, on a logarithmic frequency axis. */
export class TemplatePlot {
  readonly #container: HTMLElement;
  readonly #component: number;
  #plot: FittedPlot | null = null;

  constructor(container: HTMLElement, component: number) {
    this.#container = container;
    this.#component = component;
  }

  show(model: NMFModel): void {
    const frequencies = Array.from({ length: POINTS }, (_, i) => LOWEST * (HIGHEST / LOWEST) ** (i / (POINTS - 1)));
    const spectrum = spectrumOf(model, this.#component);
    const binWidth = model.sampleRate / model.fftSize;
    const step = (HIGHEST / LOWEST) ** (0.5 / (POINTS - 1));
    const levels = frequencies.map((hertz) =>
      loudestBetween(spectrum, hertz / step / binWidth, (hertz * step) / binWidth),
    );
    const peak = Math.max(...levels, Number.MIN_VALUE);
    const data: [number[], number[]] = [
      frequencies,
      levels.map((level) => Math.max(20 * Math.log10(level / peak), FLOOR)),
    ];
    this.#plot ??= new FittedPlot(this.#container, optionsFor(this.#component), data);
    this.#plot.setData(data);
  }

  dispose(): void {
    this.#plot?.dispose();
    this.#plot = null;
  }
}

function optionsFor(component: number): ConstructorParameters<typeof FittedPlot>[1] {
  return {
    legend: { show: false },
    cursor: { show: false },
    // Half of the last label stands to the right of its place.
    padding: [2, 8, 0, 0],
    scales: {
      x: { time: false, distr: LOGARITHMIC, range: [LOWEST, HIGHEST] },
      y: { range: [FLOOR, 0] },
    },
    axes: [
      quietAxis({
        size: 18,
        gap: 2,
        splits: () => LABELLED,
        // By default uPlot drops most labels of a logarithmic axis.
        filter: (_plot, splits) => splits,
        values: (_plot, splits) => splits.map((hertz) => (hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`)),
      }),
      { show: false },
    ],
    series: [
      {},
      {
        stroke: colourOf(component),
        fill: colourOf(component, 0.35),
        width: 1.5,
        points: { show: false },
        fillTo: FLOOR,
      },
    ],
  };
}
