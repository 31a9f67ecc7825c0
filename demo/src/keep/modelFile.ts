import { NMFModel } from 'nmf-separator-node';
import { withoutArgument } from '../page/withoutArgument.ts';
import type { Settings } from '../state/settings.ts';

export function modelFileOf(model: NMFModel): Blob {
  return new Blob([JSON.stringify(model)], { type: 'application/json' });
}

export function isModelFile({ name }: File): boolean {
  return name.endsWith('.json');
}

/** @throws {Error} when the file is not a model; the message says why */
export async function readModel(file: File): Promise<NMFModel> {
  try {
    return NMFModel.fromJSON(JSON.parse(await file.text()));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'it is not JSON.' : withoutArgument((cause as Error).message);
    throw new Error(`${file.name} is not a model: ${reason}`, { cause });
  }
}

/** The settings of a node whose frames are those of a model. The low-latency modes' windows are named after their length. */
export function shapeOf({ window, fftSize }: NMFModel): Partial<Settings> {
  if (window === `asymmetric-${fftSize / 4}`) return { latencyHint: 'balanced', fftSize, hopSize: null };
  if (window === `asymmetric-${fftSize / 8}`) return { latencyHint: 'interactive', fftSize, hopSize: null };
  const known = window === 'hann' || window === 'blackman-harris';
  return { latencyHint: 'playback', fftSize, hopSize: null, ...(known ? { window } : {}) };
}
