import { griffinLim } from '../../dsp/transform/griffinLim.ts';
import type { WindowName } from '../../dsp/transform/window.ts';
import { NMFModel } from '../../model/NMFModel.ts';
import { checkInteger, show } from '../../parameters/checks.ts';
import { checkKnown, checkParameters } from '../../parameters/defineParameters.ts';
import type { SonifyOptions } from '../options/optionTypes.ts';
import { SONIFY_PARAMETERS } from '../options/parameters.ts';
import { makeAudioBuffer } from '../platform/browser.ts';

/** Templates have no level of their own, so the loudest sample gets this. */
const PEAK = 0.5;

/**
 * What the template(s) of a component sound like: their sum as the spectrum of every frame, with phases by Griffin-Lim.
 * Mono, at the model's rate; silent where the component has no template.
 *
 * @throws {TypeError | RangeError} for wrong arguments
 */
export function sonify(model: NMFModel, component: number, given?: SonifyOptions | null): AudioBuffer {
  const options = given ?? {};
  if (!(model instanceof NMFModel)) throw new TypeError(`model: ${show(model)} given; it must be an NMFModel.`);
  checkInteger('component', component, 0, model.components - 1);
  checkKnown('options', options, SONIFY_PARAMETERS);
  checkParameters(SONIFY_PARAMETERS, options);
  const { seconds = SONIFY_PARAMETERS.seconds.standard, iterations, seed } = options;
  const { sampleRate, fftSize, hopSize } = model;
  const length = Math.round(seconds * sampleRate);
  const spectrum = spectrumOf(model, component);
  const frames = 1 + Math.ceil(length / hopSize);
  const magnitudes = new Float32Array(frames * spectrum.length);
  for (let t = 0; t < frames; t++) magnitudes.set(spectrum, t * spectrum.length);
  const window = model.window as WindowName;
  const samples = griffinLim(magnitudes, frames, { fftSize, hopSize, window, iterations, seed });
  const buffer = makeAudioBuffer({ length, numberOfChannels: 1, sampleRate });
  buffer.copyToChannel(withPeak(samples.subarray(0, length)), 0);
  return buffer;
}

/** The sum of the templates. */
function spectrumOf({ templates, componentOf }: NMFModel, component: number): Float32Array {
  const bins = templates.length / componentOf.length;
  const spectrum = new Float32Array(bins);
  componentOf.forEach((k, r) => {
    if (k === component) for (let f = 0; f < bins; f++) spectrum[f] += templates[r * bins + f];
  });
  return spectrum;
}

function withPeak(samples: Float32Array): Float32Array<ArrayBuffer> {
  const peak = samples.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return Float32Array.from(samples, (value) => (peak > 0 ? (value * PEAK) / peak : 0));
}
