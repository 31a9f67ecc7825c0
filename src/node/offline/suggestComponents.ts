import { transfer } from 'comlink';
import type { Divergence } from '../../dsp/divergence.ts';
import { type SuggestionRow, suggestionOf, tableOf } from '../../dsp/learning/suggestion.ts';
import { checkInteger, checkNumber, checkObject, checkUrl } from '../../parameters/checks.ts';
import type { SuggestRequest } from '../../protocol/protocol.ts';
import { type Clip, checkLearnOptions, learnRequest, transferables } from '../clips/learnRequest.ts';
import { inWorker } from '../worker/inWorker.ts';

/** How far to look. */
export interface SuggestOptions {
  /** Hz; of samples without a rate of their own 44100, otherwise the clip's. */
  sampleRate?: number;
  /** Largest number of components to try, 1…32. Default 8. */
  max?: number;
  /** Default `'kullback-leibler'`. */
  divergence?: Divergence;
  /** Default 0. */
  seed?: number;
  /** Ends the work. */
  signal?: AbortSignal;
  /** Where `nmf-separator-node/worker.js` is served, for a strict Content-Security-Policy. Default: embedded code. */
  workerUrl?: string | URL;
}

/** A number of components, and why. */
export interface Suggestion {
  /** The last number of components that was worth one more. */
  suggestion: number;
  /** One row for each number tried, from 1 on. */
  table: SuggestionRow[];
}

/** A node's defaults, for what a clip does not say. */
const STANDARD = { sampleRate: 44100, fftSize: 2048, hopSize: 512, window: 'hann' };

/**
 * How the loss falls with the number of components, and where it stops being worth it: a heuristic, no more. The
 * components of NMF are not the instruments of a song, and who listens knows better.
 *
 * @throws {TypeError | RangeError} (as a rejection) for wrong options, and for a clip that cannot be learned from
 * @throws {AbortError} (as a rejection) when `options.signal` aborts
 */
export async function suggestComponents(clip: Clip, options: SuggestOptions = {}): Promise<Suggestion> {
  checkObject('options', options);
  const { max = 8, divergence = 'kullback-leibler', seed = 0, signal, workerUrl } = options;
  checkInteger('max', max, 1, 32);
  if (options.sampleRate !== undefined) checkNumber('sampleRate', options.sampleRate, 3000, 768_000);
  checkUrl('workerUrl', workerUrl);
  checkLearnOptions({ divergence, seed, signal }, max);
  const request = suggestRequest(clip, max, divergence, seed, options.sampleRate);
  const losses = await inWorker(workerUrl, signal ? [signal] : [], (worker) =>
    worker.call((service) => service.lossTable(transfer(request, transferables({ clips: [request.clip] })))),
  );
  const table = tableOf(losses);
  return { suggestion: suggestionOf(table), table };
}

/** With the same checks of the clip as learning has. */
function suggestRequest(
  clip: Clip,
  maximum: number,
  divergence: Divergence,
  seed: number,
  sampleRate: number | undefined,
): SuggestRequest {
  const layout = { ...STANDARD, ...layoutOf(clip), ...(sampleRate !== undefined && { sampleRate }) };
  const target = { ...layout, components: maximum, divergence, affordsPitchShifts: false, model: null };
  const { clips } = learnRequest(clip, {}, target);
  return { ...layout, clip: clips[0]!, maximum, divergence, seed };
}

/** What a clip says of itself. */
function layoutOf(clip: Clip): Partial<typeof STANDARD> {
  if (typeof clip !== 'object' || clip === null || !('sampleRate' in clip)) return {};
  if (!('magnitudes' in clip)) return { sampleRate: clip.sampleRate };
  const { sampleRate, fftSize, hopSize, window } = clip;
  return { sampleRate, fftSize, hopSize, window };
}
