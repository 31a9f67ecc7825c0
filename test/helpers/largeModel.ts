import { NMFModel } from 'nmf-separator-node';

export interface LargeModelOptions {
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly components: number;
  readonly templatesPerComponent: number;
  readonly pitchShifts: number;
}

/** A model of harmonic templates over four octaves: making all shifted copies of so many takes seconds. */
export function largeModel(options: LargeModelOptions): NMFModel {
  const { sampleRate, fftSize, components, templatesPerComponent, pitchShifts } = options;
  const bins = fftSize / 2 + 1;
  const count = components * templatesPerComponent;
  const templates = new Float32Array(count * bins);
  for (let r = 0; r < count; r++) {
    const fundamental = (60 * 2 ** ((4 * r) / count) * fftSize) / sampleRate;
    const template = templates.subarray(r * bins, (r + 1) * bins);
    for (let h = 1; h * fundamental < bins - 1; h++) template[Math.round(h * fundamental)] += 1 / h;
    const sum = template.reduce((total, value) => total + value, 0);
    for (let f = 0; f < bins; f++) template[f] /= sum;
  }
  return new NMFModel({
    sampleRate,
    fftSize,
    hopSize: fftSize / 4,
    window: 'hann',
    divergence: 'kullback-leibler',
    components,
    componentOf: Uint8Array.from({ length: count }, (_, r) => r % components),
    templates,
    pitchShifts,
  });
}
