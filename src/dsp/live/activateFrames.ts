import { Activator } from './Activator.ts';
import type { DictionaryData } from './DictionaryData.ts';

/** As `activate`, with a dictionary, and without its checks. */
export function activateFrames(V: Float32Array, frames: number, bins: number, data: DictionaryData): Float32Array {
  const activator = new Activator(bins);
  const dictionary = activator.add(data);
  const activations = new Float32Array(frames * dictionary.count);
  for (let t = 0; t < frames; t++) {
    activator.frame.set(V.subarray(t * bins, (t + 1) * bins));
    activations.set(activator.activate(dictionary), t * dictionary.count);
  }
  return activations;
}
