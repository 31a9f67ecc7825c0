import { binsOf } from '../transform/StftLayout.ts';
import { clipMagnitudes } from './clipMagnitudes.ts';
import { factorizeFromStarts } from './factorizeFromStarts.ts';
import { type LearnedDictionary, sumOf, templatesOf } from './LearnedDictionary.ts';
import type { LearnRequest } from './LearnRequest.ts';
import { isStereoSound, panningOf } from './panning.ts';
import type { OnProgress } from './progress.ts';
import { progressReporter, solverOptions } from './solverOptions.ts';

/** Clip k alone teaches component k; components without a clip keep the templates they have. */
export function learnSupervised(request: LearnRequest, onProgress: OnProgress): LearnedDictionary {
  const bins = binsOf(request);
  let starts = 0;
  const taught = request.clips.map((clip, k): LearnedDictionary => {
    if (clip === null) {
      const kept = templatesOf(request.previous, [k], bins);
      const nothing = new Float32Array(0);
      return { ...kept, activations: nothing, frames: 0, sum: 0, clustering: 'none', loss: nothing, iterations: 0 };
    }
    const { values, frames } = clipMagnitudes(clip, request);
    const options = { ...solverOptions(request), templates: request.templatesPerComponent };
    const factorization = factorizeFromStarts(
      values,
      frames,
      bins,
      options,
      progressReporter(request, onProgress, starts),
    );
    starts += request.restarts;
    const componentOf = new Uint8Array(request.templatesPerComponent).fill(k);
    const panning = isStereoSound(clip) ? panningOf(clip, request, { ...factorization, frames }) : undefined;
    return { ...factorization, componentOf, panning, frames, sum: sumOf(values), clustering: 'none' };
  });
  return joined(taught);
}

/** Dictionaries side by side; the activations of each clip stand in its own frames and templates. */
function joined(parts: readonly LearnedDictionary[]): LearnedDictionary {
  const count = parts.reduce((sum, part) => sum + part.componentOf.length, 0);
  const frames = parts.reduce((sum, part) => sum + part.frames, 0);
  const activations = new Float32Array(frames * count);
  let firstFrame = 0;
  let firstTemplate = 0;
  for (const part of parts) {
    const own = part.componentOf.length;
    for (let t = 0; t < part.frames; t++) {
      activations.set(part.activations.subarray(t * own, (t + 1) * own), (firstFrame + t) * count + firstTemplate);
    }
    firstFrame += part.frames;
    firstTemplate += own;
  }
  const iterations = Math.max(...parts.map((part) => part.iterations));
  const losses = parts.map(({ loss }) => loss);
  return {
    templates: Float32Array.from(parts.flatMap((part) => [...part.templates])),
    componentOf: Uint8Array.from(parts.flatMap((part) => [...part.componentOf])),
    panning: joinedPanning(parts),
    activations,
    frames,
    sum: parts.reduce((sum, part) => sum + part.sum, 0),
    clustering: 'none',
    loss: summedLoss(losses, iterations),
    iterations,
  };
}

function joinedPanning(parts: readonly LearnedDictionary[]): Float32Array | undefined {
  const all = parts.flatMap(({ panning }) => (panning ? [...panning] : []));
  return parts.every(({ panning }) => panning) ? Float32Array.from(all) : undefined;
}

/** The loss of all clips together; one that has stopped stays at its last value. */
function summedLoss(losses: readonly Float32Array[], iterations: number): Float32Array {
  return Float32Array.from({ length: iterations }, (_, i) =>
    losses.reduce((sum, loss) => sum + (loss.length ? loss[Math.min(i, loss.length - 1)] : 0), 0),
  );
}
