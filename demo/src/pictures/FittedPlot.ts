import './languageTag.ts';
import uPlot from 'uplot';

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/** A uPlot chart that follows the size of its container and the page's colour scheme. */
export class FittedPlot {
  readonly #container: HTMLElement;
  readonly #plot: uPlot;
  readonly #observer: ResizeObserver;
  readonly #redraw = () => this.#plot.redraw(false);

  constructor(container: HTMLElement, options: Omit<uPlot.Options, 'width' | 'height'>, data: uPlot.AlignedData) {
    this.#container = container;
    this.#plot = new uPlot({ ...options, ...sizeOf(container) }, data, container);
    this.#observer = new ResizeObserver(() => this.#plot.setSize(sizeOf(container)));
    this.#observer.observe(container);
    darkScheme.addEventListener('change', this.#redraw);
  }

  setData(data: uPlot.AlignedData): void {
    this.#plot.setData(data);
  }

  dispose(): void {
    this.#observer.disconnect();
    darkScheme.removeEventListener('change', this.#redraw);
    this.#plot.destroy();
    this.#container.replaceChildren();
  }
}

/** An axis in the page's secondary text colour. */
export function quietAxis(axis: uPlot.Axis): uPlot.Axis {
  const quiet = () => getComputedStyle(document.body).getPropertyValue('--quiet');
  return { stroke: quiet, font: '11px system-ui, sans-serif', ticks: { show: false }, grid: { show: false }, ...axis };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}
