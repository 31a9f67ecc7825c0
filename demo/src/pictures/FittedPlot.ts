import './languageTag.ts';
import uPlot from 'uplot';

const darkness = matchMedia('(prefers-color-scheme: dark)');

/** A plot that is as large as its container and follows the page's colours. */
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
    darkness.addEventListener('change', this.#redraw);
  }

  setData(data: uPlot.AlignedData): void {
    this.#plot.setData(data);
  }

  /** Gives everything back; the container is empty again. */
  dispose(): void {
    this.#observer.disconnect();
    darkness.removeEventListener('change', this.#redraw);
    this.#plot.destroy();
    this.#container.replaceChildren();
  }
}

/** An axis in the page's quiet colour. */
export function quietAxis(axis: uPlot.Axis): uPlot.Axis {
  const quiet = () => getComputedStyle(document.body).getPropertyValue('--quiet');
  return { stroke: quiet, font: '11px system-ui, sans-serif', ticks: { show: false }, grid: { show: false }, ...axis };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}
