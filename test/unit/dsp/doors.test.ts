// What the numerics refuse: every public function names the argument that is wrong.
import { describe, expect, it } from 'vitest';
import * as dsp from '../../../src/dsp/index.ts';
import { noise } from '../../helpers/signals.ts';

const [FRAMES, BINS] = [20, 33];
const V = noise(FRAMES * BINS).map(Math.abs);
const W = noise(2 * BINS, 2).map(Math.abs);
const H = noise(FRAMES * 2, 3).map(Math.abs);
const SAMPLES = noise(4000);
const STFT = { fftSize: 1024, hopSize: 256 };
const SPECTROGRAM = dsp.stft(SAMPLES, STFT);
const CLIP = { channels: [SAMPLES], sampleRate: 8000 };
const LEARN = { sampleRate: 8000, fftSize: 256, components: 2, iterations: 2, restarts: 1 };

type Call = () => unknown;
/** Wrong in one argument, which the message must begin with. */
type WrongCall = readonly [argument: string, kind: typeof TypeError | typeof RangeError, call: Call];

// Wrong kinds of values are what this is about.
const wrong = (value: unknown) => value as never;
const factorize = (options: object) => () =>
  dsp.factorize(V, FRAMES, BINS, { templates: 2, iterations: 2, ...options });
const stft = (options: object) => () => dsp.stft(SAMPLES, { ...STFT, ...options });
const istft = (changes: object) => () => dsp.istft({ ...SPECTROGRAM, ...changes });
const griffinLim = (options: object, frames = 4) => {
  const magnitudes = new Float32Array(frames * 513).fill(1);
  return () => dsp.griffinLim(magnitudes, frames, { ...STFT, iterations: 1, ...options });
};
const learn =
  (options: object, source: unknown = CLIP) =>
  () =>
    dsp.learn(wrong(source), { ...LEARN, ...options });

const WRONG: Readonly<Record<string, readonly WrongCall[]>> = {
  stft: [
    ['samples', TypeError, () => dsp.stft(wrong([1, 2, 3]), STFT)],
    ['options', TypeError, () => dsp.stft(SAMPLES, wrong(undefined))],
    ['fftSize', RangeError, stft({ fftSize: 1000 })],
    ['fftSize', RangeError, stft({ fftSize: 32 })],
    ['fftSize', TypeError, stft({ fftSize: '1024' })],
    ['hopSize', RangeError, stft({ hopSize: 0 })],
    ['hopSize', RangeError, stft({ hopSize: 1025 })],
    ['hopSize', RangeError, stft({ hopSize: 100.5 })],
    ['hopSize', TypeError, stft({ hopSize: undefined })],
    ['window', RangeError, stft({ window: 'hamming' })],
    ['window', RangeError, stft({ window: 'asymmetric-2048' })],
    ['window', TypeError, stft({ window: 5 })],
    ['pad', TypeError, stft({ pad: 'yes' })],
  ],
  istft: [
    ['spectrogram', TypeError, () => dsp.istft(wrong(null))],
    ['fftSize', RangeError, istft({ fftSize: 1000 })],
    ['bins', RangeError, istft({ bins: 512 })],
    ['frames', RangeError, istft({ frames: SPECTROGRAM.frames + 1 })],
    ['length', RangeError, istft({ length: -1 })],
    ['re', RangeError, istft({ re: new Float32Array(7) })],
    ['im', TypeError, istft({ im: undefined })],
    ['window', RangeError, istft({ window: 'nonsense' })],
  ],
  magnitudes: [
    ['spectrogram', TypeError, () => dsp.magnitudes(wrong(undefined))],
    ['spectrogram.im', RangeError, () => dsp.magnitudes({ re: V, im: W })],
  ],
  factorize: [
    ['V', RangeError, () => dsp.factorize(V.subarray(1), FRAMES, BINS, { templates: 2 })],
    ['V', TypeError, () => dsp.factorize(wrong([...V]), FRAMES, BINS, { templates: 2 })],
    ['frames', RangeError, () => dsp.factorize(V, 0, BINS, { templates: 2 })],
    ['bins', RangeError, () => dsp.factorize(V, FRAMES, 1.5, { templates: 2 })],
    ['options', TypeError, () => dsp.factorize(V, FRAMES, BINS, wrong(null))],
    ['templates', TypeError, () => dsp.factorize(V, FRAMES, BINS, wrong({}))],
    ['options: there is no restart', TypeError, factorize({ restart: 4 })],
    ['templates', RangeError, factorize({ templates: -1 })],
    ['templates', RangeError, factorize({ templates: 2049 })],
    ['divergence', RangeError, factorize({ divergence: 'foo' })],
    ['solver', RangeError, factorize({ solver: 'mu' })],
    ['iterations', RangeError, factorize({ iterations: 0 })],
    ['tolerance', RangeError, factorize({ tolerance: Number.NaN })],
    ['restarts', RangeError, factorize({ restarts: 0 })],
    ['seed', TypeError, factorize({ seed: '1' })],
    ['templates0', RangeError, factorize({ templates0: new Float32Array(5) })],
    ['activations0', RangeError, factorize({ activations0: new Float32Array(5) })],
    ['holdTemplates', RangeError, factorize({ holdTemplates: [true] })],
    ['onIteration', TypeError, factorize({ onIteration: 5 })],
  ],
  activate: [
    ['V', RangeError, () => dsp.activate(V, FRAMES + 1, BINS, W)],
    ['templates', RangeError, () => dsp.activate(V, FRAMES, BINS, W.subarray(0, 45))],
    ['templates', TypeError, () => dsp.activate(V, FRAMES, BINS, wrong(undefined))],
    ['divergence', RangeError, () => dsp.activate(V, FRAMES, BINS, W, wrong({ divergence: 'kl' }))],
  ],
  divergenceBetween: [
    ['V', RangeError, () => dsp.divergenceBetween(V, W, H, FRAMES, BINS + 1, 'euclidean')],
    ['templates', RangeError, () => dsp.divergenceBetween(V, W.subarray(1), H, FRAMES, BINS, 'euclidean')],
    ['activations', RangeError, () => dsp.divergenceBetween(V, W, H.subarray(1), FRAMES, BINS, 'euclidean')],
    ['divergence', RangeError, () => dsp.divergenceBetween(V, W, H, FRAMES, BINS, wrong('frobenius'))],
    ['divergence', TypeError, () => dsp.divergenceBetween(V, W, H, FRAMES, BINS, wrong(undefined))],
  ],
  griffinLim: [
    ['magnitudes', RangeError, () => dsp.griffinLim(V, FRAMES, STFT)],
    ['frames', RangeError, griffinLim({}, 0)],
    ['fftSize', RangeError, griffinLim({ fftSize: 1023 })],
    ['iterations', RangeError, griffinLim({ iterations: -1 })],
    ['seed', RangeError, griffinLim({ seed: 0.5 })],
    ['window', RangeError, griffinLim({ window: 'kaiser' })],
  ],
  bssEval: [
    ['references', TypeError, () => dsp.bssEval(wrong(SAMPLES), [SAMPLES])],
    ['references', RangeError, () => dsp.bssEval([], [])],
    ['references', TypeError, () => dsp.bssEval(wrong([[1, 2]]), [SAMPLES])],
    ['estimates', TypeError, () => dsp.bssEval([SAMPLES], wrong(null))],
    ['estimates', RangeError, () => dsp.bssEval([SAMPLES], [SAMPLES.subarray(1)])],
    ['filterLength', RangeError, () => dsp.bssEval([SAMPLES], [SAMPLES], { filterLength: 0 })],
    ['permute', TypeError, () => dsp.bssEval([SAMPLES], [SAMPLES], wrong({ permute: 1 }))],
  ],
  siSdr: [
    ['reference', TypeError, () => dsp.siSdr(wrong([1]), SAMPLES)],
    ['reference', RangeError, () => dsp.siSdr(new Float32Array(4000), SAMPLES)],
    ['estimate', RangeError, () => dsp.siSdr(SAMPLES, SAMPLES.subarray(1))],
  ],
  learn: [
    ['options', TypeError, () => dsp.learn(CLIP, wrong(undefined))],
    ['sampleRate', TypeError, () => dsp.learn(CLIP, wrong({}))],
    ['options: there is no K', TypeError, learn({ K: 3 })],
    ['fftSize', RangeError, learn({ fftSize: 300 })],
    ['hopSize', RangeError, learn({ hopSize: 0 })],
    ['window', RangeError, learn({ window: 'asymmetric-300' })],
    ['components', RangeError, learn({ components: 33 })],
    ['divergence', RangeError, learn({ divergence: 'foo' })],
    ['hold', RangeError, learn({ hold: [2] })],
    ['hold', TypeError, learn({ hold: 1 })],
    ['restarts', RangeError, learn({ restarts: 0 })],
    ['onProgress', TypeError, learn({ onProgress: 'log' })],
    ['source', TypeError, learn({}, null)],
    ['source', TypeError, learn({}, {})],
    ['source', TypeError, learn({}, { channels: [], sampleRate: 8000 })],
    ['source', RangeError, learn({}, { ...CLIP, sampleRate: 1 })],
    ['source', RangeError, learn({}, { ...CLIP, channels: [SAMPLES, SAMPLES.subarray(1)] })],
    ['source', RangeError, learn({}, { ...CLIP, channels: [new Float32Array(4000)] })],
    ['source', RangeError, learn({}, { ...CLIP, channels: [SAMPLES.subarray(0, 100)] })],
    ['source', RangeError, learn({}, [CLIP])],
    ['source', RangeError, learn({}, [null, null])],
    ['source', RangeError, learn({}, { magnitudes: V, frames: FRAMES, bins: BINS, ...LEARN, fftSize: 64 })],
    ['previous.templates', RangeError, learn({ previous: { templates: W, componentOf: [0, 1] } })],
  ],
};

/** Types are no functions, and the rest is listed above. */
const FUNCTIONS = Object.keys(dsp);

it('no public function is forgotten', () => {
  expect(Object.keys(WRONG).toSorted()).toEqual(FUNCTIONS.toSorted());
});

describe.each(Object.entries(WRONG))('%s refuses by name', (_name, calls) => {
  it.each(calls.map(([argument, kind, call]) => ({ argument, kind, call, source: String(call) })))(
    '$argument: $source',
    ({ argument, kind, call }) => {
      expect(call).toThrow(kind);
      expect(call).toThrow(new RegExp(`^${argument}\\b.*`));
    },
  );
});

it('null clips and held components need something learned before', () => {
  expect(learn({ hold: [1] })).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  expect(learn({}, [CLIP, null])).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
});

describe('learn of the core', () => {
  it('learns blind, and keeps what is held', () => {
    const first = dsp.learn(CLIP, { ...LEARN, sampleRate: 8000 });
    expect(first).toMatchObject({ components: 2, fftSize: 256, hopSize: 64, window: 'hann', pitchShifts: 0 });
    const again = dsp.learn(CLIP, { ...LEARN, seed: 1, hold: [0], previous: first });
    expect(again.templates.subarray(0, 129)).toEqual(first.templates.subarray(0, 129));
    expect(again.templates.subarray(129)).not.toEqual(first.templates.subarray(129));
  });

  it('learns one component a clip', () => {
    const clips = [CLIP, { channels: [noise(4000, 7)], sampleRate: 8000 }];
    const learned = dsp.learn(clips, { sampleRate: 8000, fftSize: 256, templatesPerComponent: 3, iterations: 2 });
    expect([...learned.componentOf]).toEqual([0, 0, 0, 1, 1, 1]);
  });
});
