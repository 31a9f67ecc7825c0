import { UsageError } from '../usage.mjs';
import { growthPlot } from './growth.mjs';
import { hopsPlot } from './hops.mjs';
import { learningPlot } from './learning.mjs';
import { nodesPlot } from './nodes.mjs';

/**
 * @typedef {import('../rows.mjs').Measurement} Measurement
 * @typedef {import('../rows.mjs').Row} Row
 * @typedef {import('./look.mjs').Plot} Plot
 */

/**
 * The parts of the benchmark that have a plot.
 * @type {Record<string, (measurements: readonly Measurement[]) => Plot>}
 */
export const PLOTS = { growth: growthPlot, hops: hopsPlot, python: learningPlot, nodes: nodesPlot };

/**
 * The plots of all that was measured; a part may have measured nothing, because what it compares with is absent.
 * @param {readonly (Row & { part: string })[]} rows
 * @param {string} machine
 * @returns {Plot[]}
 * @throws {UsageError} where there is none
 */
export function plotsOf(rows, machine) {
  const plots = Object.entries(PLOTS).flatMap(([part, draw]) => {
    const measurements = rows.filter((row) => row.part === part).flatMap((row) => row.measurements ?? []);
    return measurements.length > 0 ? [withMachine(draw(measurements), machine)] : [];
  });
  if (plots.length === 0) throw new UsageError('--plots: nothing was measured that has a plot.');
  return plots;
}

/** @param {Plot} plot @param {string} machine */
const withMachine = (plot, machine) => ({ ...plot, description: `${plot.description}. ${machine}` });
