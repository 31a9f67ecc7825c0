import { KULLBACK_LEIBLER } from '../../constants';
import { LN_2, log2 } from '../shared/logarithm';
import { sumLanes, VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory } from './DictionaryMemory';
import { FRAME_FLOOR } from './limits';

/**
 * The divergence of the frame v from its approximation y, for
 *
 *     Kullback-Leibler  Σ v·log(v/y) − v + y
 *     Itakura-Saito     Σ v/y − log(v/y) − 1
 */
export function frameLoss(d: DictionaryMemory): f32 {
  const row = (<usize>d.rowFloats) << 2;
  const one = f32x4.splat(1);
  const floor = f32x4.splat(FRAME_FLOOR);
  let loss = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
    const y = v128.load(d.approximation + at);
    const v = v128.load(d.frame + at);
    const ratio = f32x4.div(f32x4.pmax(v, floor), y);
    const logarithm = f32x4.mul(f32x4.splat(LN_2), log2(ratio));
    const cell =
      d.divergence === KULLBACK_LEIBLER
        ? f32x4.sub(f32x4.mul(v, logarithm), f32x4.sub(v, y))
        : f32x4.sub(f32x4.sub(ratio, logarithm), one);
    loss = f32x4.add(loss, cell);
  }
  return sumLanes(loss);
}
