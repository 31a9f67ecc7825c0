import { allocate, release } from './memory';
import { log2, ROW_FLOATS, sumLanes, VECTOR } from './simd';

/**
 * Activations h of one frame v with the templates W fixed: min D(v | W·h) over h ≥ 0, solved until converged, from a
 * start that depends on the frame and the templates only.
 *
 * Everything is scaled first: templates and frame sum to 1, so that thresholds have a meaning and no denormal arises.
 * Rows are padded with zeros to whole lines, and an all-zero row follows the last template: lists of rows are padded
 * with it to multiples of 4, so that no loop has a remainder.
 *
 * Kullback-Leibler and Itakura-Saito: one multiplicative update from equal activations, then cyclic coordinate
 * descent (Hsieh and Dhillon, "Fast coordinate descent methods with variable selection for non-negative matrix
 * factorization", KDD 2011, section 3.2) over the templates that are on or want to be, which each round finds anew
 * from the full gradient. Euclidean: the same descent, which then is HALS, on the Gram matrix where that is small.
 */

/** As in the TypeScript. */
export const EUCLIDEAN: i32 = 0;
export const KULLBACK_LEIBLER: i32 = 1;
export const ITAKURA_SAITO: i32 = 2;

/** Added to every approximated magnitude, of a frame that sums to 1. Its cube must be a normal float32. */
const FLOOR: f32 = 1e-10;
/** Scaled magnitudes and template values below this are zero. */
const NEGLIGIBLE: f32 = 1e-15;
/** Magnitudes above this are cut: sums must stay finite. */
const HUGE: f32 = 1e30;
/** A frame or a template that sums to less is silent. */
const SILENT: f32 = 1e-25;
/** Scaled activations below this are zero. */
const OFF: f32 = 1e-9;

/** Descent sweeps between two looks at the full gradient. */
const SWEEPS_A_ROUND: i32 = 2;
const MAXIMUM_ROUNDS: i32 = 40;
const LN_2: f32 = 0.69314718055994531;

/** Stop when the loss is expected to fall by less than this fraction. */
const TOLERANCE: f32 = 2e-4;
/** Losses below this, of a frame that sums to 1, are rounding noise. */
const PERFECT: f32 = 1e-6;
/** Slowest convergence that is believed: what remains is at most 19 times what the last round gained. */
const SLOWEST_RATE: f32 = 0.95;
/** A template leaves the descent when its share is below this fraction of an equal share and its gradient is against it. */
const WEAK_SHARE: f32 = 1e-2;

/** Templates up to which the Gram matrix is kept: beyond, preparing it would take longer than a quantum. */
const GRAM_LIMIT: i32 = 128;
const GRAM_SWEEPS: i32 = 300;
const GRAM_TOLERANCE: f32 = 1e-5;

// @ts-ignore: decorator
@unmanaged
class Dictionary {
  count: i32;
  /** Floats a row. */
  stride: i32;
  divergence: i32;
  templates: usize;
  /** What each template summed to before it was scaled. */
  sums: usize;
  /** Factor on each template's cost. */
  penalties: usize;
  /** Σ w² of each template. */
  squares: usize;
  /** count × gramStride, or 0. */
  gram: usize;
  gramStride: i32;
  /** Mean of all templates: the approximation with equal activations. */
  mean: usize;
  /** The scaled frame, its approximation, and the two sides of the gradient. */
  frame: usize;
  approximation: usize;
  attraction: usize;
  repulsion: usize;
  h: usize;
  /** For each row of the current list: attraction / repulsion. */
  multipliers: usize;
  /** Rows the solution may use, and rows that are on. */
  candidates: usize;
  active: usize;
}

/** Floats from one padded row of bins to the next. */
export function rowStride(bins: i32): i32 {
  return (bins + ROW_FLOATS - 1) & ~(ROW_FLOATS - 1);
}

/** Makes room for a dictionary. Write the templates (`templatesOf`) and the penalties (`penaltiesOf`, 1 each), then call `prepareDictionary`. */
export function createDictionary(count: i32, bins: i32, divergence: i32): usize {
  const d = changetype<Dictionary>(allocate(offsetof<Dictionary>()));
  d.count = count;
  d.stride = rowStride(bins);
  d.divergence = divergence;
  const row = (<usize>d.stride) << 2;
  const list = (<usize>count + 8) << 2;
  d.templates = allocate(row * (<usize>count + 1));
  d.sums = allocate(list);
  d.penalties = allocate(list);
  d.squares = allocate(list);
  d.h = allocate(list);
  d.multipliers = allocate(list);
  d.candidates = allocate(list);
  d.active = allocate(list);
  d.mean = allocate(row);
  d.frame = allocate(row);
  d.approximation = allocate(row);
  d.attraction = allocate(row);
  d.repulsion = allocate(row);
  d.gram = 0;
  for (let r = 0; r < count; r++) putFloat(d.penalties, r, 1);
  return changetype<usize>(d);
}

export function releaseDictionary(dictionary: usize): void {
  const d = changetype<Dictionary>(dictionary);
  release(d.templates);
  release(d.sums);
  release(d.penalties);
  release(d.squares);
  release(d.h);
  release(d.multipliers);
  release(d.candidates);
  release(d.active);
  release(d.mean);
  release(d.frame);
  release(d.approximation);
  release(d.attraction);
  release(d.repulsion);
  if (d.gram) release(d.gram);
  release(dictionary);
}

/** Address of the templates: count × rowStride(bins) floats. */
export function templatesOf(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).templates;
}

/** Address of the sums the templates had: count floats. */
export function sumsOf(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).sums;
}

export function penaltiesOf(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).penalties;
}

/** Scales the templates in place to a sum of 1 and derives what activation needs. */
export function prepareDictionary(dictionary: usize): void {
  const d = changetype<Dictionary>(dictionary);
  const row = (<usize>d.stride) << 2;
  const share = f32x4.splat(<f32>1 / <f32>max(d.count, 1));
  for (let r = 0; r < d.count; r++) {
    const w = d.templates + row * <usize>r;
    putFloat(d.sums, r, scaleToOne(w, w, d.stride));
    for (let at: usize = 0; at < row; at += VECTOR) {
      v128.store(d.mean + at, f32x4.add(v128.load(d.mean + at), f32x4.mul(share, v128.load(w + at))));
    }
    putFloat(d.squares, r, dot(w, w, d.stride));
  }
  if (d.divergence == EUCLIDEAN && d.count <= GRAM_LIMIT) fillGram(d);
}

function fillGram(d: Dictionary): void {
  d.gramStride = (d.count + 3) & ~3;
  const gramRow = (<usize>d.gramStride) << 2;
  d.gram = allocate(gramRow * <usize>d.count);
  listAll(d);
  for (let r = 0; r < d.count; r++) correlate(d, d.candidates, d.count, templateRow(d, r), d.gram + gramRow * <usize>r);
}

/**
 * Solves one frame.
 *
 * @param v magnitudes, a padded row
 * @param h receives count activations of the templates as they were given
 * @param fullUpdates multiplicative updates of all templates before the choice: 1, or more where only a few are kept
 * @param kept how many templates, the loudest after those updates, may stay on; 0 for all
 * @returns sweeps of coordinate descent, 0 for silence
 */
export function activateFrame(dictionary: usize, v: usize, h: usize, fullUpdates: i32, kept: i32): i32 {
  const d = changetype<Dictionary>(dictionary);
  memory.fill(h, 0, (<usize>d.count) << 2);
  const energy = scaleToOne(v, d.frame, d.stride);
  if (energy == 0 || d.count == 0) return 0;
  let sweeps: i32;
  if (d.gram) sweeps = descendOnGram(d);
  else {
    listAll(d);
    startEqual(d, fullUpdates);
    const candidates = kept > 0 && kept < d.count ? keepLoudest(d, kept) : d.count;
    sweeps = descend(d, candidates);
  }
  for (let r = 0; r < d.count; r++) {
    const sum = getFloat(d.sums, r);
    const value = getFloat(d.h, r);
    if (sum > 0 && value > OFF) putFloat(h, r, min(value * energy / sum, HUGE));
  }
  return sweeps;
}

// ---- Coordinate descent on the Gram matrix (Euclidean)

function descendOnGram(d: Dictionary): i32 {
  const gramRow = (<usize>d.gramStride) << 2;
  listAll(d);
  correlate(d, d.candidates, d.count, d.frame, d.multipliers);
  memory.fill(d.h, 0, gramRow);
  const energy = dot(d.frame, d.frame, d.stride);
  let loss = energy;
  for (let sweep = 1; sweep <= GRAM_SWEEPS; sweep++) {
    let gain: f32 = 0;
    for (let r = 0; r < d.count; r++) {
      const square = getFloat(d.squares, r);
      if (square <= 0) continue;
      const before = getFloat(d.h, r);
      const slope = getFloat(d.multipliers, r) - dot(d.gram + gramRow * <usize>r, d.h, d.gramStride);
      const after = max(before + slope / square, <f32>0);
      const step = after - before;
      if (step == 0) continue;
      putFloat(d.h, r, after);
      gain += step * (<f32>2 * slope - step * square);
    }
    loss -= gain;
    if (gain <= GRAM_TOLERANCE * max(loss, PERFECT * energy)) return sweep;
  }
  return GRAM_SWEEPS;
}

// ---- Coordinate descent on the bins (any divergence)

function startEqual(d: Dictionary, updates: i32): void {
  for (let r = 0; r < d.count; r++) putFloat(d.h, r, <f32>1 / <f32>d.count);
  putFloat(d.h, d.count, 0);
  const row = (<usize>d.stride) << 2;
  for (let at: usize = 0; at < row; at += VECTOR) {
    v128.store(d.approximation + at, f32x4.add(v128.load(d.mean + at), f32x4.splat(FLOOR)));
  }
  for (let i = 0; i < updates; i++) {
    if (i > 0) approximate(d, d.candidates, d.count);
    findSlopes(d);
    findMultipliers(d, d.count);
    for (let r = 0; r < d.count; r++) putFloat(d.h, r, getFloat(d.h, r) * getFloat(d.multipliers, r));
  }
}

/** Rounds of descent until the loss is as good as converged. Returns the number of sweeps. */
function descend(d: Dictionary, candidates: i32): i32 {
  const weak = WEAK_SHARE / <f32>candidates;
  let loss: f32 = 0;
  let previousGain: f32 = 0;
  for (let round = 1; round <= MAXIMUM_ROUNDS; round++) {
    approximate(d, d.candidates, candidates);
    // Logarithms are dear: the loss is found once, from then on the gains of each step are taken off.
    if (round == 2) loss = lossOf(d);
    findSlopes(d);
    findMultipliers(d, candidates);
    const gain = sweepActive(d, listActive(d, candidates, weak));
    loss -= gain;
    if (round > 1 && expectedGain(gain, previousGain) <= TOLERANCE * max(loss, PERFECT)) return round * SWEEPS_A_ROUND;
    previousGain = gain;
  }
  return MAXIMUM_ROUNDS * SWEEPS_A_ROUND;
}

/** What is still to be gained if the gains go on falling at the rate of the last two rounds. */
function expectedGain(gain: f32, previousGain: f32): f32 {
  if (gain <= 0) return 0;
  const rate = previousGain > 0 ? min(gain / previousGain, SLOWEST_RATE) : SLOWEST_RATE;
  return gain * rate / (<f32>1 - rate);
}

function sweepActive(d: Dictionary, active: i32): f32 {
  if (d.divergence == KULLBACK_LEIBLER) return sweep(d, active, KULLBACK_LEIBLER);
  if (d.divergence == ITAKURA_SAITO) return sweep(d, active, ITAKURA_SAITO);
  return sweep(d, active, EUCLIDEAN);
}

/**
 * Updates each active row in turn to the minimum along its axis, by one step of a model of the gradient that is exact
 * when one bin dominates. The change of the approximation by one row is written when the next is visited: one pass over
 * the bins for each row. `divergence` is a constant, so that each divergence has a loop of its own. Returns by how much
 * the last sweep lowered the loss, to first order in the change of the gradient.
 */
// @ts-ignore: decorator
@inline
function sweep(d: Dictionary, active: i32, divergence: i32): f32 {
  const row = (<usize>d.stride) << 2;
  const floor = f32x4.splat(FLOOR);
  let previousRow = d.templates;
  let change: f32 = 0;
  let gain: f32 = 0;
  for (let i = 0; i < active * SWEEPS_A_ROUND; i++) {
    if (i == active * (SWEEPS_A_ROUND - 1)) gain = 0;
    const r = getInt(d.active, i % active);
    const w = templateRow(d, r);
    const changes = f32x4.splat(change);
    let attractions = f32x4.splat(0);
    let repulsions = f32x4.splat(0);
    let curvatures = f32x4.splat(0);
    for (let at: usize = 0; at < row; at += VECTOR) {
      const y = f32x4.max(f32x4.add(v128.load(d.approximation + at), f32x4.mul(changes, v128.load(previousRow + at))), floor);
      v128.store(d.approximation + at, y);
      const v = v128.load(d.frame + at);
      const template = v128.load(w + at);
      if (divergence == EUCLIDEAN) {
        attractions = f32x4.add(attractions, f32x4.mul(template, f32x4.sub(v, y)));
      } else if (divergence == KULLBACK_LEIBLER) {
        const share = f32x4.div(template, y);
        const pull = f32x4.mul(share, v);
        attractions = f32x4.add(attractions, pull);
        curvatures = f32x4.add(curvatures, f32x4.mul(pull, share));
      } else {
        const inverse = f32x4.div(f32x4.splat(1), y);
        const share = f32x4.mul(template, inverse);
        const pull = f32x4.mul(share, f32x4.mul(v, inverse));
        repulsions = f32x4.add(repulsions, share);
        attractions = f32x4.add(attractions, pull);
        curvatures = f32x4.add(curvatures, f32x4.mul(pull, share));
      }
    }
    const before = getFloat(d.h, r);
    const penalty = getFloat(d.penalties, r);
    const attraction = sumLanes(attractions);
    let slope: f32;
    let step: f32;
    if (divergence == EUCLIDEAN) {
      slope = <f32>2 * attraction;
      step = quotient(attraction, getFloat(d.squares, r));
    } else if (divergence == KULLBACK_LEIBLER) {
      // Σ w·v/(y + w·step) ≈ a/(b + step), with the value and the slope it has here.
      slope = attraction - penalty;
      step = (slope / penalty) * quotient(attraction, sumLanes(curvatures));
    } else {
      // Σ w·v/(y + w·step)² ≈ a/(b + step)², likewise; Σ w/y, the slope of the concave part, is held.
      const repulsion = penalty * sumLanes(repulsions);
      slope = attraction - repulsion;
      step = (sqrt(quotient(attraction, repulsion)) - <f32>1) * quotient(attraction, sumLanes(curvatures));
    }
    let after = before + step;
    if (!(after > OFF)) after = 0;
    change = after - before;
    gain += <f32>0.5 * change * slope;
    putFloat(d.h, r, after);
    previousRow = w;
  }
  return gain;
}

/** Fills attraction and repulsion, the two sides of the gradient by bin, from the approximation. */
function findSlopes(d: Dictionary): void {
  const row = (<usize>d.stride) << 2;
  if (d.divergence == EUCLIDEAN) {
    memory.copy(d.attraction, d.frame, row);
    memory.copy(d.repulsion, d.approximation, row);
    return;
  }
  const square = d.divergence == ITAKURA_SAITO;
  for (let at: usize = 0; at < row; at += VECTOR) {
    const inverse = f32x4.div(f32x4.splat(1), v128.load(d.approximation + at));
    const ratio = f32x4.mul(v128.load(d.frame + at), inverse);
    v128.store(d.attraction + at, square ? f32x4.mul(ratio, inverse) : ratio);
    v128.store(d.repulsion + at, inverse);
  }
}

function lossOf(d: Dictionary): f32 {
  const row = (<usize>d.stride) << 2;
  const one = f32x4.splat(1);
  const least = f32x4.splat(FLOOR);
  let loss = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += VECTOR) {
    const y = v128.load(d.approximation + at);
    const v = v128.load(d.frame + at);
    let cell = f32x4.sub(v, y);
    if (d.divergence == EUCLIDEAN) cell = f32x4.mul(cell, cell);
    else {
      const ratio = f32x4.div(f32x4.max(v, least), y);
      const logarithm = f32x4.mul(f32x4.splat(LN_2), log2(ratio));
      if (d.divergence == KULLBACK_LEIBLER) cell = f32x4.sub(f32x4.mul(v, logarithm), cell);
      else cell = f32x4.sub(f32x4.sub(ratio, logarithm), one);
    }
    loss = f32x4.add(loss, cell);
  }
  return sumLanes(loss);
}

/** multipliers[i] ← attraction / repulsion of candidate i: above 1 where the loss falls with more of it. */
function findMultipliers(d: Dictionary, candidates: i32): void {
  correlate(d, d.candidates, candidates, d.attraction, d.multipliers);
  const plain = d.divergence == KULLBACK_LEIBLER;
  for (let i = 0; i < candidates; i++) {
    const r = getInt(d.candidates, i);
    // Kullback-Leibler repels every bin by 1, and templates sum to 1.
    const repulsion = plain ? <f32>1 : dot(templateRow(d, r), d.repulsion, d.stride);
    putFloat(d.multipliers, i, quotient(getFloat(d.multipliers, i), repulsion * getFloat(d.penalties, r)));
  }
}

// ---- Lists of rows

function listAll(d: Dictionary): void {
  for (let r = 0; r < d.count; r++) putInt(d.candidates, r, r);
  padList(d, d.candidates, d.count);
}

/** Keeps the rows with the largest activations as candidates, and turns the others off. Returns their number. */
function keepLoudest(d: Dictionary, kept: i32): i32 {
  // Positive floats sort like their bits: find the largest threshold that `kept` of them reach, bit by bit.
  let threshold = 0;
  for (let bit = 30; bit >= 0; bit--) {
    const trial = threshold | (1 << bit);
    let above = 0;
    for (let r = 0; r < d.count; r++) above += <i32>(getInt(d.h, r) >= trial);
    if (above >= kept) threshold = trial;
  }
  let candidates = 0;
  for (let r = 0; r < d.count; r++) {
    if (candidates < kept && getInt(d.h, r) >= threshold) putInt(d.candidates, candidates++, r);
    else putFloat(d.h, r, 0);
  }
  padList(d, d.candidates, candidates);
  return candidates;
}

/** Lists the candidates that are on or want to be, and turns weak ones off. Returns their number. */
function listActive(d: Dictionary, candidates: i32, weak: f32): i32 {
  let active = 0;
  for (let i = 0; i < candidates; i++) {
    const r = getInt(d.candidates, i);
    const wanted = getFloat(d.multipliers, i) > 1;
    if (wanted || getFloat(d.h, r) > weak) putInt(d.active, active++, r);
    else if (getFloat(d.h, r) > 0) turnOff(d, r);
  }
  return active;
}

function turnOff(d: Dictionary, r: i32): void {
  const w = templateRow(d, r);
  const share = f32x4.splat(getFloat(d.h, r));
  const row = (<usize>d.stride) << 2;
  for (let at: usize = 0; at < row; at += VECTOR) {
    const rest = f32x4.sub(v128.load(d.approximation + at), f32x4.mul(share, v128.load(w + at)));
    v128.store(d.approximation + at, f32x4.max(rest, f32x4.splat(FLOOR)));
  }
  putFloat(d.h, r, 0);
}

/** Rounds a list up to a multiple of 4 with the row of zeros. */
function padList(d: Dictionary, list: usize, length: i32): void {
  for (let i = length; i < length + 4; i++) putInt(list, i, d.count);
}

// ---- Products with rows

/** approximation ← FLOOR + Σ h_r · W_r over the listed rows that are on. */
function approximate(d: Dictionary, list: usize, length: i32): void {
  const row = (<usize>d.stride) << 2;
  for (let at: usize = 0; at < row; at += VECTOR) v128.store(d.approximation + at, f32x4.splat(FLOOR));
  let on = 0;
  for (let i = 0; i < length; i++) {
    const r = getInt(list, i);
    if (getFloat(d.h, r) > 0) putInt(d.active, on++, r);
  }
  padList(d, d.active, on);
  putFloat(d.h, d.count, 0);
  const end = d.approximation + row;
  for (let i = 0; i < on; i += 4) {
    const a = getInt(d.active, i);
    const b = getInt(d.active, i + 1);
    const c = getInt(d.active, i + 2);
    const e = getInt(d.active, i + 3);
    addRows(d.approximation, end, templateRow(d, a), getFloat(d.h, a), templateRow(d, b), getFloat(d.h, b), templateRow(d, c), getFloat(d.h, c), templateRow(d, e), getFloat(d.h, e));
  }
}

function addRows(sum: usize, end: usize, w0: usize, h0: f32, w1: usize, h1: f32, w2: usize, h2: f32, w3: usize, h3: f32): void {
  const g0 = f32x4.splat(h0);
  const g1 = f32x4.splat(h1);
  const g2 = f32x4.splat(h2);
  const g3 = f32x4.splat(h3);
  while (sum < end) {
    const low = f32x4.add(f32x4.mul(g0, v128.load(w0)), f32x4.mul(g1, v128.load(w1)));
    const high = f32x4.add(f32x4.mul(g2, v128.load(w2)), f32x4.mul(g3, v128.load(w3)));
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.add(low, high)));
    sum += VECTOR;
    w0 += VECTOR;
    w1 += VECTOR;
    w2 += VECTOR;
    w3 += VECTOR;
  }
}

/** out[i] = Σ W_r · values for the listed rows; writes a multiple of 4. */
function correlate(d: Dictionary, list: usize, length: i32, values: usize, out: usize): void {
  const end = values + ((<usize>d.stride) << 2);
  for (let i = 0; i < length; i += 4) {
    let w0 = templateRow(d, getInt(list, i));
    let w1 = templateRow(d, getInt(list, i + 1));
    let w2 = templateRow(d, getInt(list, i + 2));
    let w3 = templateRow(d, getInt(list, i + 3));
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at = values; at < end; at += VECTOR) {
      const x = v128.load(at);
      sum0 = f32x4.add(sum0, f32x4.mul(x, v128.load(w0)));
      sum1 = f32x4.add(sum1, f32x4.mul(x, v128.load(w1)));
      sum2 = f32x4.add(sum2, f32x4.mul(x, v128.load(w2)));
      sum3 = f32x4.add(sum3, f32x4.mul(x, v128.load(w3)));
      w0 += VECTOR;
      w1 += VECTOR;
      w2 += VECTOR;
      w3 += VECTOR;
    }
    putFloat(out, i, sumLanes(sum0));
    putFloat(out, i + 1, sumLanes(sum1));
    putFloat(out, i + 2, sumLanes(sum2));
    putFloat(out, i + 3, sumLanes(sum3));
  }
}

/** `count` is a multiple of 4. */
function dot(a: usize, b: usize, count: i32): f32 {
  const end = a + ((<usize>count) << 2);
  let sum = f32x4.splat(0);
  while (a < end) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
    a += VECTOR;
    b += VECTOR;
  }
  return sumLanes(sum);
}

/** out ← values / Σ values; returns the sum. What is not a positive number counts as zero; silence gives zeros and 0. */
function scaleToOne(values: usize, out: usize, count: i32): f32 {
  const bytes = (<usize>count) << 2;
  const zero = f32x4.splat(0);
  const huge = f32x4.splat(HUGE);
  let sums = zero;
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    // pmax(0, NaN) is 0.
    const clean = f32x4.min(f32x4.pmax(zero, v128.load(values + at)), huge);
    v128.store(out + at, clean);
    sums = f32x4.add(sums, clean);
  }
  const sum = sumLanes(sums);
  if (sum < SILENT) {
    memory.fill(out, 0, bytes);
    return 0;
  }
  const scale = f32x4.splat(<f32>1 / sum);
  const least = f32x4.splat(NEGLIGIBLE);
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const scaled = f32x4.mul(v128.load(out + at), scale);
    v128.store(out + at, v128.and(scaled, f32x4.gt(scaled, least)));
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function quotient(above: f32, below: f32): f32 {
  return below > 0 ? min(above / below, HUGE) : 0;
}

// @ts-ignore: decorator
@inline
function templateRow(d: Dictionary, r: i32): usize {
  return d.templates + (((<usize>d.stride) << 2) * <usize>r);
}

// @ts-ignore: decorator
@inline
function getFloat(array: usize, index: i32): f32 {
  return load<f32>(array + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
function putFloat(array: usize, index: i32, value: f32): void {
  store<f32>(array + ((<usize>index) << 2), value);
}

// @ts-ignore: decorator
@inline
function getInt(array: usize, index: i32): i32 {
  return load<i32>(array + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
function putInt(array: usize, index: i32, value: i32): void {
  store<i32>(array + ((<usize>index) << 2), value);
}
