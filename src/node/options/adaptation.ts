import type { AdaptationOptions } from '../../dsp/live/Adaptation.ts';
import { checkKnown, checkParameters } from '../../parameters/defineParameters.ts';
import type { AdaptOptions } from './optionTypes.ts';
import { ADAPT_PARAMETERS } from './parameters.ts';

/** @throws {TypeError | RangeError} naming the option, the value given and what is allowed */
export function resolveAdaptation(options: AdaptOptions): AdaptationOptions {
  checkKnown('options', options, ADAPT_PARAMETERS);
  checkParameters(ADAPT_PARAMETERS, options);
  const { memorySeconds = ADAPT_PARAMETERS.memorySeconds.standard, trust = ADAPT_PARAMETERS.trust.standard } = options;
  return { memorySeconds, trust };
}

/** That of the option `adaptive`, which has been checked: null for none. */
export function resolveAdaptive(adaptive: boolean | AdaptOptions = false): AdaptationOptions | null {
  if (adaptive === false) return null;
  return resolveAdaptation(adaptive === true ? {} : adaptive);
}
