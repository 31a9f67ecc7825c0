import { transfer } from 'comlink';
import { learnRequest } from '../../dsp/learning/LearnRequest.ts';
import type { LossTableRequest } from '../../dsp/learning/lossTable.ts';
import { type SuggestionRow, suggestionOf, tableOf } from '../../dsp/learning/suggestion.ts';
import type { SpectrogramLayout } from '../../dsp/transform/StftLayout.ts';
import { checkKnown, checkParameters } from '../../parameters/defineParameters.ts';
import { buffersOf, type Clip, plainSource } from '../clips/plainClip.ts';
import type { SuggestOptions } from '../options/optionTypes.ts';
import { SUGGEST_PARAMETERS } from '../options/parameters.ts';
import { offlineRendering, resolveOptions } from '../options/resolveOptions.ts';
import { inWorker } from '../worker/inWorker.ts';

/** A number of components, and why. */
export interface Suggestion {
  /** The last number of components that was worth one more. */
  suggestion: number;
  /** One row for each number tried, from 1 on. */
  table: SuggestionRow[];
}

/**
 * How the loss falls with the number of components, and where it stops being worth it: a heuristic, no more. The
 * components of NMF are not the instruments of a song, and who listens knows better.
 *
 * @throws {TypeError | RangeError} (as a rejection) for wrong options, and for a clip that cannot be learned from
 * @throws {AbortError} (as a rejection) when `options.signal` aborts
 */
export async function suggestComponents(clip: Clip, given?: SuggestOptions | null): Promise<Suggestion> {
  const options = given ?? {};
  checkKnown('options', options, SUGGEST_PARAMETERS);
  checkParameters(SUGGEST_PARAMETERS, options);
  const { signal, workerUrl } = options;
  const request = suggestRequest(clip, options);
  const losses = await inWorker(workerUrl, signal ? [signal] : [], (worker) =>
    worker.call((service) => service.lossTable(transfer(request, buffersOf([request.clip])))),
  );
  const table = tableOf(losses);
  return { suggestion: suggestionOf(table), table };
}

/** With the same checks of the clip as learning has. */
function suggestRequest(clip: Clip, options: SuggestOptions): LossTableRequest {
  const standard = SUGGEST_PARAMETERS;
  const { max: maximum = standard.max.standard, divergence = standard.divergence.standard } = options;
  const layout = layoutFor(clip, options.sampleRate);
  const target = { ...layout, components: maximum, divergence, affordsPitchShifts: false, previous: null };
  const { clips } = learnRequest(plainSource(clip, layout.sampleRate), {}, target);
  return { ...layout, clip: clips[0]!, maximum, divergence, seed: options.seed ?? standard.seed.standard };
}

/** What a clip says of itself, and a node's defaults for the rest. */
function layoutFor(clip: Clip, sampleRate: number | undefined): SpectrogramLayout {
  const own: Partial<SpectrogramLayout> =
    typeof clip === 'object' && clip !== null && 'sampleRate' in clip ? (clip as never) : {};
  const rate = sampleRate ?? own.sampleRate ?? SUGGEST_PARAMETERS.sampleRate.standard;
  const { layout } = resolveOptions({}, offlineRendering(rate));
  const { fftSize = layout.fftSize, hopSize = layout.hopSize, window = layout.window } = own;
  return { sampleRate: rate, fftSize, hopSize, window };
}
