import { allocate, release } from './memory';
import { LINE, QUAD, STRIP } from './tiles';

/** Strips of frames that are worked on while their part of V is in the cache: 96 frames. */
export const BLOCK_STRIPS: i32 = 6;

/** W and H of one moment. Learning goes from one to the next, so that it can also go back. */
// @ts-ignore: decorator
@unmanaged
export class State {
  /** Strips of bins. */
  w: usize;
  /** Strips of frames. */
  h: usize;
}

/** States a learner has: the one updated, the result, and the result before. */
export const STATES: i32 = 3;

/** V, W, H and room for one iteration. Layouts are those of `tiles.ts`. */
// @ts-ignore: decorator
@unmanaged
export class Learner {
  frames: i32;
  bins: i32;
  templates: i32;
  paddedTemplates: i32;
  /** Strips along the bins and along the frames. */
  binStrips: i32;
  frameStrips: i32;
  /** Vectors of four that hold all bins, and all frames. */
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
  /** One i32 a template: not 0 where it stays as it is. */
  held: usize;
  state0: usize;
  state1: usize;
  state2: usize;
  /** Quads of W or of H. */
  quads: usize;
  /** Strips of a block of frames: the two sides of the gradient of H. */
  attractionH: usize;
  repulsionH: usize;
  /** Strips of bins: the two sides of the gradient of W. */
  attractionW: usize;
  repulsionW: usize;
  /** paddedTemplates²: in float64 for the loss, in float32 for the updates. */
  gramW: usize;
  gramH: usize;
  gram: usize;
  /** Rows of a block of frames: V/Y (Kullback-Leibler); V/Y² and 1/Y (Itakura-Saito). */
  ratio: usize;
  inverse: usize;
}

// @ts-ignore: decorator
@inline
function roundUp(value: i32, unit: i32): i32 {
  return (value + unit - 1) / unit * unit;
}

/** Makes a learner for V of frames × bins. Write V (`learnerSpectrogram`), then call `prepareLearner`. */
export function createLearner(frames: i32, bins: i32, templates: i32): usize {
  const l = changetype<Learner>(allocate(offsetof<Learner>()));
  l.frames = frames;
  l.bins = bins;
  l.templates = templates;
  l.paddedTemplates = roundUp(templates, QUAD);
  l.binStrips = roundUp(bins, STRIP) / STRIP;
  l.frameStrips = roundUp(frames, STRIP) / STRIP;
  l.binVectors = roundUp(bins, 4) / 4;
  l.frameVectors = roundUp(frames, 4) / 4;
  l.rowBytes = (<usize>l.binStrips) * LINE;
  l.stripBytes = (<usize>l.paddedTemplates) * LINE;
  const sizeW = l.stripBytes * <usize>l.binStrips;
  const sizeH = l.stripBytes * <usize>l.frameStrips;
  const sizeGram = (<usize>(l.paddedTemplates * l.paddedTemplates)) << 2;
  const sizeBlock = l.rowBytes * <usize>(BLOCK_STRIPS * STRIP);
  l.v = allocate(l.rowBytes * <usize>(l.frameStrips * STRIP));
  l.held = allocate((<usize>l.paddedTemplates) << 2);
  l.state0 = createState(sizeW, sizeH);
  l.state1 = createState(sizeW, sizeH);
  l.state2 = createState(sizeW, sizeH);
  l.quads = allocate(max(sizeW, sizeH));
  l.attractionH = allocate(l.stripBytes * <usize>BLOCK_STRIPS);
  l.repulsionH = allocate(l.stripBytes * <usize>BLOCK_STRIPS);
  l.attractionW = allocate(sizeW);
  l.repulsionW = allocate(sizeW);
  l.gramW = allocate(sizeGram << 1);
  l.gramH = allocate(sizeGram << 1);
  l.gram = allocate(sizeGram);
  l.ratio = allocate(sizeBlock);
  l.inverse = allocate(sizeBlock);
  return changetype<usize>(l);
}

function createState(sizeW: usize, sizeH: usize): usize {
  const state = changetype<State>(allocate(offsetof<State>()));
  state.w = allocate(sizeW);
  state.h = allocate(sizeH);
  return changetype<usize>(state);
}

export function releaseLearner(learner: usize): void {
  const l = changetype<Learner>(learner);
  for (let i = 0; i < STATES; i++) {
    const state = stateOf(l, i);
    release(state.w);
    release(state.h);
    release(changetype<usize>(state));
  }
  release(l.v);
  release(l.held);
  release(l.quads);
  release(l.attractionH);
  release(l.repulsionH);
  release(l.attractionW);
  release(l.repulsionW);
  release(l.gramW);
  release(l.gramH);
  release(l.gram);
  release(l.ratio);
  release(l.inverse);
  release(learner);
}

// @ts-ignore: decorator
@inline
export function stateOf(l: Learner, index: i32): State {
  return changetype<State>(index == 0 ? l.state0 : index == 1 ? l.state1 : l.state2);
}
