import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asSvg } from './svg.mjs';

/** @typedef {import('./look.mjs').Plot} Plot */

/**
 * Writes SVG files, and tells on the error stream which: what was measured has the other one for itself.
 * @param {string} folder  made if it is missing
 * @param {readonly Plot[]} plots
 */
export function writePlots(folder, plots) {
  mkdirSync(folder, { recursive: true });
  for (const plot of plots) {
    const path = join(folder, plot.file);
    writeFileSync(path, `${asSvg(plot)}\n`);
    console.error(`wrote ${path}`);
  }
}
