import { Random } from '../../src/dsp/numeric/random.ts';
import { UsageError } from '../usage.mjs';
import type { ManifestItem } from './item.ts';

/** Stems of drums, by their names. */
const DRUMS = /kick|snare|hat|drum/i;
/** Draws after which there is taken to be no other mixture. */
const MOST_DRAWS = 10_000;

/**
 * New mixtures of two and three stems by turns, one of them drums, each from another item, at equal power.
 *
 * @throws {UsageError} where the items do not have as many
 */
export function mixturesAcross(manifest: readonly ManifestItem[], count: number, seed: number): ManifestItem[] {
  const random = new Random(seed);
  const all = manifest.flatMap(({ id, stems }) => Object.entries(stems).map(([name, path]) => ({ id, name, path })));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)];
  const drums = all.filter(({ name }) => DRUMS.test(name));
  const mixtures = new Map<string, ManifestItem>();
  for (let draw = 0; mixtures.size < count; draw++) {
    if (draw === MOST_DRAWS || drums.length === 0)
      throw new UsageError(`--across: ${count} given, but there are only ${mixtures.size} mixtures with drums.`);
    const sources = [pick(drums)];
    while (sources.length < 2 + (mixtures.size % 2)) sources.push(pick(all));
    const items = new Set(sources.map((source) => source.id));
    const names = new Set(sources.map((source) => source.name));
    if (items.size < sources.length || names.size < sources.length) continue;
    const id = sources.map((source) => `${source.id}.${source.name}`).join(' + ');
    const stems = Object.fromEntries(sources.map(({ name, path }) => [name, path]));
    mixtures.set(id, { id, category: 'stems across items', stems, equalPower: true });
  }
  return [...mixtures.values()];
}

/** A fifth, as a factor on frequencies */
const FIFTH = 1.4983070768766815;

/** The items of two melodic instruments, each with lessons a fifth above what is played, and a fifth below. */
export function lessonsAFifthAway(manifest: readonly ManifestItem[]): ManifestItem[] {
  const melodic = manifest.filter(({ category }) => category === 'two_melodic');
  return melodic.flatMap((item) => [
    { ...item, id: `${item.id}, lessons a fifth above`, category: 'lessons a fifth away', transposed: FIFTH },
    { ...item, id: `${item.id}, lessons a fifth below`, category: 'lessons a fifth away', transposed: 1 / FIFTH },
  ]);
}

/** Items with their stems panned apart */
export function pannedApart(manifest: readonly ManifestItem[]): ManifestItem[] {
  return manifest.map((item) => ({ ...item, id: `${item.id}, panned`, category: 'panned apart', panned: true }));
}
