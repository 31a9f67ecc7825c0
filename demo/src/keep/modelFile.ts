import { type LatencyHint, NMFModel } from 'nmf-separator-node';

export function modelFileOf(model: NMFModel): Blob {
  return new Blob([JSON.stringify(model)], { type: 'application/json' });
}

/** @throws {Error} when the file is not a model; the message says why */
export async function readModel(file: File): Promise<NMFModel> {
  try {
    return NMFModel.fromJSON(JSON.parse(await file.text()));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'it is not JSON.' : (cause as Error).message;
    throw new Error(`${file.name} is not a model: ${reason}`, { cause });
  }
}

/** The latency mode a model was learned for. The low-latency modes' windows are named after their length in samples. */
export function latencyHintOf({ window, fftSize }: NMFModel): LatencyHint {
  if (window === `asymmetric-${fftSize / 4}`) return 'balanced';
  if (window === `asymmetric-${fftSize / 8}`) return 'interactive';
  return 'playback';
}
