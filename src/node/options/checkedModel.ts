import type { SpectrogramLayout } from '../../dsp/transform/StftLayout.ts';
import { NMFModel } from '../../model/NMFModel.ts';
import type { NMFModelJSON } from '../../model/NMFModelJSON.ts';

/** What a model has to fit. */
export interface ModelTarget extends Pick<SpectrogramLayout, 'sampleRate' | 'fftSize' | 'window'> {
  readonly components: number;
}

/**
 * @returns the model, if a node of these settings can use it
 * @throws {TypeError | RangeError} saying what does not fit
 */
export function checkedModel(value: NMFModel | NMFModelJSON, target: ModelTarget): NMFModel {
  const model = value instanceof NMFModel ? value : NMFModel.fromJSON(value);
  for (const field of ['sampleRate', 'fftSize', 'window'] as const) {
    if (model[field] === target[field]) continue;
    throw new RangeError(`model: its ${field} is ${model[field]}, but this node's is ${target[field]}.`);
  }
  if (model.components > target.components) {
    throw new RangeError(
      `model: it has ${model.components} components, but this node has only ${target.components} outputs.`,
    );
  }
  return model;
}
