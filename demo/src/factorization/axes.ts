import type { PictureShape } from './worker/PictureGrid.ts';

/** Hz that are labelled where they are within the picture. */
const FREQUENCIES = [50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/** Seconds between two labels, of which the first is taken that gives few enough. */
const STEPS = [0.5, 1, 2, 5];
const MOST_TIMES = 6;
/** Of the width: a label farther to the right would stick out. */
const LAST = 0.97;

/** Labels at their places along the height of a picture. */
export function labelFrequencies(axis: HTMLElement, { lowest, highest }: PictureShape): void {
  const within = FREQUENCIES.filter((hertz) => hertz > lowest && hertz < highest);
  const labels = within.map((hertz) => {
    const label = labelOf(hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`);
    label.style.top = `${(100 * Math.log(highest / hertz)) / Math.log(highest / lowest)}%`;
    return label;
  });
  axis.replaceChildren(titleOf('frequency'), ...labels);
}

/** Labels at their places along the width of a picture. */
export function labelTimes(axis: HTMLElement, { seconds }: PictureShape): void {
  const step = STEPS.find((each) => seconds / each <= MOST_TIMES) ?? STEPS[STEPS.length - 1];
  const labels = Array.from({ length: 1 + Math.floor((LAST * seconds) / step) }, (_, i) => {
    const label = labelOf(`${i * step} s`);
    label.style.left = `${(100 * i * step) / seconds}%`;
    return label;
  });
  axis.replaceChildren(...labels, titleOf('time'));
}

function labelOf(text: string): HTMLElement {
  return Object.assign(document.createElement('span'), { textContent: text });
}

function titleOf(text: string): HTMLElement {
  return Object.assign(document.createElement('i'), { textContent: text });
}
