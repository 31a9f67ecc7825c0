import type { NMFSeparatorNode } from 'nmf-separator-node';
import { colourOf } from '../../../demo/src/pictures/colours.ts';

/**
 * Shows a bar for each stream of a separator, as high as it is loud.
 * @param signal  ends it
 */
export function showBars(stage: HTMLElement, separator: NMFSeparatorNode, signal: AbortSignal): void {
  const count = separator.numberOfOutputs;
  const picture = Object.assign(document.createElement('div'), { className: 'bars', role: 'img' });
  picture.setAttribute('aria-label', `How loud each of ${count} streams is`);
  const bars = Array.from({ length: count }, (_, k) => {
    const bar = document.createElement('span');
    bar.style.background = colourOf(k);
    return bar;
  });
  picture.append(...bars);
  stage.append(picture);
  draw();

  function draw(): void {
    if (signal.aborted) return;
    for (const [k, bar] of bars.entries()) bar.style.transform = `scaleY(${Math.max(0.02, separator.levels[k])})`;
    requestAnimationFrame(draw);
  }
}
