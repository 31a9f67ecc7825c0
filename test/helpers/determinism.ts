import type { separate } from 'nmf-separator-node';
import type * as Dsp from '../../src/dsp/index.ts';
import { lowRankMatrix } from './matrices.ts';
import { noise } from './signals.ts';

/** The expected result of `fingerprints`, in Node and in every browser engine */
export const FINGERPRINTS = { spectrogram: 'd74e2c37', learned: 'd3aecd92' };

const DIVERGENCES = ['euclidean', 'kullback-leibler', 'itakura-saito'] as const;
const SOLVERS = ['fast', 'multiplicative'] as const;

/**
 * Hashes of all bits of a spectrogram and of the learned factors, for all divergences and both solvers, with several
 * initialisations. V is large enough to reach all code paths by which the kernels sum a loss.
 */
export function fingerprints({ stft, magnitudes, factorize }: Pick<typeof Dsp, 'stft' | 'magnitudes' | 'factorize'>) {
  const spectrogram = stft(noise(10_000), { fftSize: 1024, hopSize: 256 });
  const [frames, bins] = [600, 129];
  const V = lowRankMatrix(frames, bins, 8, 1);
  const learned = DIVERGENCES.flatMap((divergence) =>
    SOLVERS.map((solver) =>
      factorize(V, frames, bins, { templates: 5, divergence, solver, restarts: 3, iterations: 30, seed: 1 }),
    ),
  );
  return {
    spectrogram: hash([spectrogram.re, spectrogram.im, magnitudes(spectrogram)]),
    learned: hash(learned.flatMap(({ templates, activations, loss }) => [templates, activations, loss])),
  };
}

/** The expected results of `separatedFingerprint`, in Node and in every browser engine */
export const SEPARATED = { none: '97ebd8cb', timbre: 'a7a33420' } as const;

/** A hash of all bits of what `separate` makes of a clip, worker and all. */
export async function separatedFingerprint(
  separateClip: typeof separate,
  clustering: keyof typeof SEPARATED,
): Promise<string> {
  // No sine: engines differ in its last bit.
  const samples = noise(22050).map((value, n) => (n % 5000 < 2000 ? value : value / 8));
  const clip = { sampleRate: 22050, numberOfChannels: 1, getChannelData: () => samples };
  const { components, model, activations } = await separateClip(clip, { components: 3, seed: 1, clustering });
  return hash([model.templates, activations, ...components.map((component) => component.getChannelData(0))]);
}

/** FNV-1a, 32 bits (draft-eastlake-fnv), over the bytes of all values. */
function hash(arrays: readonly Float32Array[]): string {
  let state = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) state = Math.imul(state ^ byte, 0x01000193);
  }
  return (state >>> 0).toString(16).padStart(8, '0');
}
