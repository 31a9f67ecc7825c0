import type { Magnitudes } from '../clipMagnitudes.ts';
import type { LearnRequest } from '../LearnRequest.ts';
import { spreadFrames } from '../spreadFrames.ts';
import { agreesOnSources } from './gate.ts';
import { partsByTimbre } from './partsByTimbre.ts';
import { poolTask, runPool } from './templatePool.ts';

/** For whose templates there is room in the pool. */
const POOL_SOURCES = 4;
/** Sources that are tried. */
const MOST_SOURCES = 5;

/** Starts that disagree by no more than so many times what they do on another number agree as well. */
const AS_GOOD = 1.2;

/**
 * How many sources timbre tells apart: the number of clusters on which the starts of a pool agree best, or the largest of
 * those that are as good. With more, each start cuts some source in two in another way; with fewer, it joins others.
 *
 * @returns nothing where they agree on no number, or the clip is too short to tell
 */
export function sourceCount(request: LearnRequest, V: Magnitudes, maximum: number): number | undefined {
  const task = poolTask({ ...request, components: POOL_SOURCES }, spreadFrames(request, V));
  if (task.frames < task.count) return undefined;
  const starts = runPool(task, () => {});
  const counts = Array.from({ length: Math.min(MOST_SOURCES, maximum) - 1 }, (_, i) => i + 2);
  const tried = counts.map((count) => partsByTimbre({ ...request, components: count }, task, starts));
  const least = Math.min(...tried.map(({ disagreement }) => disagreement));
  if (!agreesOnSources({ disagreement: least })) return undefined;
  return counts.findLast((_, i) => tried[i].disagreement <= AS_GOOD * least);
}
