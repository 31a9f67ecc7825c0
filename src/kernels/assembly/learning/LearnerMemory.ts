import { FACTOR_STATES, QUAD_TEMPLATES, STRIP_COLUMNS } from '../../constants';
import { allocate, release } from '../shared/memory';
import { LINE_BYTES } from '../shared/simd';
import { BLOCK_STRIPS } from './layouts';

/** W and H after one iteration. Learning goes from one state to the next, so that it can also go back. */
@unmanaged
export class FactorState {
  /** Strips of bins. */
  w: usize;
  /** Strips of frames. */
  h: usize;
}

/** V, W and H, and room for one iteration: V ≈ W·H with R templates. Layouts are those of `layouts.ts`. */
@unmanaged
export class LearnerMemory {
  frames: i32;
  bins: i32;
  /** R */
  templates: i32;
  /** R, rounded up to a multiple of QUAD_TEMPLATES. */
  paddedTemplates: i32;
  /** Strips of W and of H. */
  binStrips: i32;
  frameStrips: i32;
  /** ⌈bins / 4⌉ and ⌈frames / 4⌉. */
  binVectors: i32;
  frameVectors: i32;
  /** Bytes of a row of V, and of a strip. */
  rowBytes: usize;
  stripBytes: usize;
  /** Rows. */
  v: usize;
  /** What V was multiplied with, a power of two, so that its maximum lies between 1 and 2. */
  scale: f32;
  /** Σ V², scaled. */
  energy: f64;
  /** One int32 for each template: not 0 where W keeps it as it is. */
  held: usize;
  state0: usize;
  state1: usize;
  state2: usize;
  /** W or H as quads. */
  quads: usize;
  /**
   * Numerator and denominator of the update of H, strips for one block of frames; and of W, strips of bins. Each is
   * a part of the gradient that is never negative: gradient = denominator − numerator.
   */
  numeratorH: usize;
  denominatorH: usize;
  numeratorW: usize;
  denominatorW: usize;
  /** WᵀW and HHᵀ, paddedTemplates × paddedTemplates float64, for the loss. */
  gramW: usize;
  gramH: usize;
  /** The one that the current update needs, in float32. */
  gram: usize;
  /** Rows of one block of frames: V ∘ Y^(β−2), and Y^(β−1) where β is 0 (`gradientTerms.ts`). */
  numeratorTerms: usize;
  denominatorTerms: usize;
}

/** Makes a learner. The caller writes V (`learnerSpectrogram`), then calls `prepareLearner`. */
export function createLearner(frames: i32, bins: i32, templates: i32): usize {
  const l = changetype<LearnerMemory>(allocate(offsetof<LearnerMemory>()));
  l.frames = frames;
  l.bins = bins;
  l.templates = templates;
  l.paddedTemplates = ceilingQuotient(templates, QUAD_TEMPLATES) * QUAD_TEMPLATES;
  l.binStrips = ceilingQuotient(bins, STRIP_COLUMNS);
  l.frameStrips = ceilingQuotient(frames, STRIP_COLUMNS);
  l.binVectors = ceilingQuotient(bins, 4);
  l.frameVectors = ceilingQuotient(frames, 4);
  l.rowBytes = <usize>l.binStrips * LINE_BYTES;
  l.stripBytes = <usize>l.paddedTemplates * LINE_BYTES;
  const bytesW = l.stripBytes * <usize>l.binStrips;
  const bytesH = l.stripBytes * <usize>l.frameStrips;
  const gramBytes = (<usize>(l.paddedTemplates * l.paddedTemplates)) << 2;
  const blockBytes = l.rowBytes * <usize>(BLOCK_STRIPS * STRIP_COLUMNS);
  l.v = allocate(l.rowBytes * <usize>(l.frameStrips * STRIP_COLUMNS));
  l.held = allocate((<usize>l.paddedTemplates) << 2);
  l.state0 = createState(bytesW, bytesH);
  l.state1 = createState(bytesW, bytesH);
  l.state2 = createState(bytesW, bytesH);
  l.quads = allocate(max(bytesW, bytesH));
  l.numeratorH = allocate(l.stripBytes * <usize>BLOCK_STRIPS);
  l.denominatorH = allocate(l.stripBytes * <usize>BLOCK_STRIPS);
  l.numeratorW = allocate(bytesW);
  l.denominatorW = allocate(bytesW);
  l.gramW = allocate(gramBytes << 1);
  l.gramH = allocate(gramBytes << 1);
  l.gram = allocate(gramBytes);
  l.numeratorTerms = allocate(blockBytes);
  l.denominatorTerms = allocate(blockBytes);
  return changetype<usize>(l);
}

/** ⌈value / unit⌉ */
// @inline
function ceilingQuotient(value: i32, unit: i32): i32 {
  return (value + unit - 1) / unit;
}

function createState(bytesW: usize, bytesH: usize): usize {
  const state = changetype<FactorState>(allocate(offsetof<FactorState>()));
  state.w = allocate(bytesW);
  state.h = allocate(bytesH);
  return changetype<usize>(state);
}

export function releaseLearner(learner: usize): void {
  const l = changetype<LearnerMemory>(learner);
  for (let i = 0; i < FACTOR_STATES; i++) {
    const state = stateOf(l, i);
    release(state.w);
    release(state.h);
    release(changetype<usize>(state));
  }
  release(l.v);
  release(l.held);
  release(l.quads);
  release(l.numeratorH);
  release(l.denominatorH);
  release(l.numeratorW);
  release(l.denominatorW);
  release(l.gramW);
  release(l.gramH);
  release(l.gram);
  release(l.numeratorTerms);
  release(l.denominatorTerms);
  release(learner);
}

// @inline
export function stateOf(l: LearnerMemory, index: i32): FactorState {
  return changetype<FactorState>(index === 0 ? l.state0 : index === 1 ? l.state1 : l.state2);
}

export function learnerSpectrogram(learner: usize): usize {
  return changetype<LearnerMemory>(learner).v;
}

export function learnerRowBytes(learner: usize): usize {
  return changetype<LearnerMemory>(learner).rowBytes;
}

export function learnerTemplates(learner: usize, state: i32): usize {
  return stateOf(changetype<LearnerMemory>(learner), state).w;
}

export function learnerActivations(learner: usize, state: i32): usize {
  return stateOf(changetype<LearnerMemory>(learner), state).h;
}

export function learnerHeld(learner: usize): usize {
  return changetype<LearnerMemory>(learner).held;
}
