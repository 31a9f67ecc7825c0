import type { Plot } from '../../plots/look.mjs';
import type { Evaluation } from '../report.ts';
import { separationPlot } from './separation.ts';

/**
 * Every plot whose figures were evaluated.
 *
 * @throws {Error} where there is none
 */
export function plotsOf(evaluation: Evaluation): Plot[] {
  const plots = [separationPlot(evaluation)].filter((plot) => plot !== undefined);
  if (plots.length === 0) throw new Error('--plots: none of the methods that were evaluated has a plot.');
  return plots;
}
