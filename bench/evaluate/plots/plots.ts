import type { Plot } from '../../plots/look.mjs';
import { UsageError } from '../../usage.mjs';
import type { Evaluation } from '../report.ts';
import { itemsPlot } from './items.ts';
import { onsetsPlot } from './onsets.ts';
import { separationPlot } from './separation.ts';

/**
 * Every plot whose figures were evaluated.
 *
 * @throws {UsageError} where there is none
 */
export function plotsOf(evaluation: Evaluation): Plot[] {
  const plots = [separationPlot, itemsPlot, onsetsPlot]
    .map((draw) => draw(evaluation))
    .filter((plot) => plot !== undefined);
  if (plots.length === 0) throw new UsageError('--plots: none of the methods that were evaluated has a plot.');
  return plots;
}
