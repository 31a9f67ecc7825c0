import { EUCLIDEAN } from '../../constants';
import { putFloat } from '../shared/arrays';
import { allocate, release } from '../shared/memory';
import { rowBytes } from './rows';

/** Templates up to which the Gram matrix WᵀW is kept: to fill a larger one would take longer than a render quantum. */
const GRAM_LIMIT: i32 = 128;

/**
 * The templates W of a model, and room to find the activations h of one frame v at a time: v ≈ W·h.
 *
 * Templates and frames are scaled to a sum of 1, so that thresholds have a meaning and no denormal number arises. Rows
 * are padded with zeros (`rows.ts`), and a row of zeros follows the last template. A list of templates has one int32
 * each and is padded to a multiple of 4 with the index of that row, so that loops over four templates have no
 * remainder. "Per template" below is an array of `count` float32, by index of the template.
 */
@unmanaged
export class DictionaryMemory {
  /** R, the number of templates. `placeTemplates` changes it, within the room that was made. */
  count: i32;
  /** Templates that may be active in one frame. */
  kept: i32;
  /** Float32 values from one row to the next. */
  rowFloats: i32;
  /** EUCLIDEAN, KULLBACK_LEIBLER or ITAKURA_SAITO. */
  divergence: i32;
  /** (count + 1) rows. */
  templates: usize;
  /** count bytes: the component of each template. */
  componentOf: usize;
  /** Per template, of one that `placeTemplates` put there: its index in the dictionary it comes from, an int32. */
  origins: usize;
  /** Per template: its sum before it was scaled. */
  templateSums: usize;
  /** Per template: the left channel's part of it, of 1; for stacked copies. */
  panning: usize;
  /** Per template: the factor on its cost, 1 unless set. */
  penalties: usize;
  /** Per template: its activation at the start, together 1. */
  initialShares: usize;
  /** A row: W times the initial shares. */
  initialApproximation: usize;
  /** A row: the frame v, scaled. */
  frame: usize;
  /** A row: y = W·h + FRAME_FLOOR. */
  approximation: usize;
  /** Rows: what the numerator and the denominator of the multiplicative update sum over the bins (`gradient.ts`). */
  numeratorTerms: usize;
  denominatorTerms: usize;
  /** Per template: activations of scaled templates in the scaled frame. */
  h: usize;
  /** Per template: activations of the templates as they were given in the frame as it was given. */
  activations: usize;
  /** h and y where the current round of coordinate descent started. */
  roundStartH: usize;
  roundStartApproximation: usize;
  /** For each entry of a list: numerator and denominator of the multiplicative update, and their quotient. */
  numerators: usize;
  denominators: usize;
  multipliers: usize;
  /** List of the templates that the solution may use: `kept` entries, or all. */
  candidates: usize;
  /** List of the candidates that are worked on. */
  active: usize;
  /** Euclidean only: WᵀW of the candidates, gramStride × gramStride floats. */
  gram: usize;
  /** `kept`, rounded up to a multiple of 4. */
  gramStride: i32;
  /** Euclidean only: gramStride floats, the activations of the candidates. */
  gramSolution: usize;
}

/**
 * Makes room for a dictionary. The caller fills in templates, components and, unless they are all alike, penalties and
 * shares, then calls `prepareDictionary`.
 */
export function createDictionary(count: i32, bins: i32, divergence: i32, kept: i32): usize {
  const d = changetype<DictionaryMemory>(allocate(offsetof<DictionaryMemory>()));
  d.count = count;
  d.kept = min(divergence === EUCLIDEAN ? min(kept, GRAM_LIMIT) : kept, count);
  const row = rowBytes(bins);
  d.rowFloats = <i32>(row >> 2);
  d.divergence = divergence;
  d.templates = allocate(row * (<usize>count + 1));
  d.componentOf = allocate(<usize>count);
  const list = (<usize>count + 8) << 2;
  d.origins = allocate(list);
  d.templateSums = allocate(list);
  d.panning = allocate(list);
  d.penalties = allocate(list);
  d.initialShares = allocate(list);
  d.h = allocate(list);
  d.activations = allocate(list);
  d.roundStartH = allocate(list);
  d.numerators = allocate(list);
  d.denominators = allocate(list);
  d.multipliers = allocate(list);
  d.candidates = allocate(list);
  d.active = allocate(list);
  d.initialApproximation = allocate(row);
  d.frame = allocate(row);
  d.approximation = allocate(row);
  d.roundStartApproximation = allocate(row);
  d.numeratorTerms = allocate(row);
  d.denominatorTerms = allocate(row);
  if (divergence === EUCLIDEAN) {
    d.gramStride = (d.kept + 3) & ~3;
    d.gram = allocate((<usize>(d.gramStride * d.gramStride)) << 2);
    d.gramSolution = allocate((<usize>d.gramStride) << 2);
  }
  for (let r = 0; r < count; r++) {
    putFloat(d.penalties, r, 1);
    putFloat(d.initialShares, r, <f32>1 / <f32>count);
  }
  return changetype<usize>(d);
}

export function releaseDictionary(dictionary: usize): void {
  const d = changetype<DictionaryMemory>(dictionary);
  release(d.templates);
  release(d.componentOf);
  release(d.origins);
  release(d.templateSums);
  release(d.panning);
  release(d.penalties);
  release(d.initialShares);
  release(d.h);
  release(d.activations);
  release(d.roundStartH);
  release(d.numerators);
  release(d.denominators);
  release(d.multipliers);
  release(d.candidates);
  release(d.active);
  release(d.initialApproximation);
  release(d.frame);
  release(d.approximation);
  release(d.roundStartApproximation);
  release(d.numeratorTerms);
  release(d.denominatorTerms);
  if (d.divergence === EUCLIDEAN) {
    release(d.gram);
    release(d.gramSolution);
  }
  release(dictionary);
}

export function dictionaryTemplates(dictionary: usize): usize {
  return changetype<DictionaryMemory>(dictionary).templates;
}

export function dictionaryComponents(dictionary: usize): usize {
  return changetype<DictionaryMemory>(dictionary).componentOf;
}

export function dictionaryPenalties(dictionary: usize): usize {
  return changetype<DictionaryMemory>(dictionary).penalties;
}

export function dictionaryPanning(dictionary: usize): usize {
  return changetype<DictionaryMemory>(dictionary).panning;
}

export function dictionaryShares(dictionary: usize): usize {
  return changetype<DictionaryMemory>(dictionary).initialShares;
}

export function dictionaryActivations(dictionary: usize): usize {
  return changetype<DictionaryMemory>(dictionary).activations;
}

/** The address of template r. */
// @inline
export function templateRow(d: DictionaryMemory, r: i32): usize {
  return d.templates + ((<usize>d.rowFloats) << 2) * <usize>r;
}
