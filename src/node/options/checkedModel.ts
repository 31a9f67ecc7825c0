import type { SpectrogramLayout } from '../../dsp/transform/StftLayout.ts';
import { NMFModel } from '../../model/NMFModel.ts';
import type { NMFModelJSON } from '../../model/NMFModelJSON.ts';

/** What a model has to fit. */
export interface ModelTarget extends Pick<SpectrogramLayout, 'sampleRate' | 'fftSize' | 'window'> {
  readonly components: number;
}

/**
 * @returns the model, converted where a node of these settings has another shape
 * @throws {TypeError | RangeError} saying what does not fit
 */
export function checkedModel(value: NMFModel | NMFModelJSON, target: ModelTarget): NMFModel {
  const model = value instanceof NMFModel ? value : NMFModel.fromJSON(value);
  if (model.components > target.components) {
    throw new RangeError(
      `model: it has ${model.components} components, but this node has only ${target.components} outputs.`,
    );
  }
  const { sampleRate, fftSize, window } = target;
  const fits = model.sampleRate === sampleRate && model.fftSize === fftSize && model.window === window;
  return fits ? model : model.convertTo({ sampleRate, fftSize, window });
}
