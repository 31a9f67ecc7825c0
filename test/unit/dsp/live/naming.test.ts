import { describe, expect, it } from 'vitest';
import { Activator } from '../../../../src/dsp/live/Activator.ts';
import type { DictionaryData } from '../../../../src/dsp/live/DictionaryData.ts';
import { BLOCK } from '../../../../src/dsp/live/LiveLayout.ts';
import { defaultLayout } from '../../../../src/dsp/live/latencyModes.ts';
import {
  isNaming,
  NAMED_COPIES,
  NO_NAME,
  nameLoudest,
  namesCopies,
  namingFrame,
} from '../../../../src/dsp/live/naming.ts';
import { OwnNaming } from '../../../../src/dsp/live/OwnNaming.ts';
import { withPitchShifts } from '../../../../src/dsp/live/pitchShifts.ts';
import { SeparationChain } from '../../../../src/dsp/live/SeparationChain.ts';
import { binsOf } from '../../../../src/dsp/transform/StftLayout.ts';
import { stft } from '../../../../src/dsp/transform/stft.ts';
import { difference, levelBelow, noise } from '../../../helpers/signals.ts';

const RATE = 44_100;
const layout = defaultLayout('interactive', 2048);
const bins = binsOf(layout);

/** A sustained note: harmonics that fall as 1/n^slope. */
function note(hertz: number, slope: number, seconds = 1): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: Math.round(RATE * seconds) }, (_, i) => {
    let sum = 0;
    for (let n = 1; n * hertz < 8000; n++) sum += n ** -slope * Math.sin((2 * Math.PI * n * hertz * i) / RATE + n * n);
    return 0.1 * sum;
  });
}

/** The spectrum of a sound, with a sum of 1. */
function templateOf(samples: Float32Array<ArrayBuffer>): Float32Array {
  const { re, im } = stft(samples, { fftSize: 2048, hopSize: 512 });
  const magnitudes = re.subarray(8 * bins, 9 * bins).map((value, f) => Math.hypot(value, im[8 * bins + f]));
  const sum = magnitudes.reduce((total, value) => total + value, 0);
  return magnitudes.map((value) => value / sum);
}

/** Two instruments, each taught by one note. */
function taughtByTwoNotes(divergence: DictionaryData['divergence'] = 'kullback-leibler'): DictionaryData {
  const [dark, bright] = [templateOf(note(220, 2)), templateOf(note(311, 0.3))];
  return { templates: Float32Array.from([...dark, ...bright]), componentOf: Uint8Array.of(0, 1), divergence };
}

function separated(mixture: Float32Array, dictionary: DictionaryData, namedAlone: boolean, naming?: OwnNaming) {
  const chain = new SeparationChain({ layout, components: 2, channels: 1, namedAlone, naming });
  chain.setDictionary(dictionary);
  const streams = [new Float32Array(mixture.length), new Float32Array(mixture.length)];
  for (let n = 0; n + BLOCK <= mixture.length; n += BLOCK) {
    const outputs = streams.map((stream) => [stream.subarray(n, n + BLOCK)]);
    chain.process([mixture.subarray(n, n + BLOCK)], outputs, 2);
  }
  chain.release();
  return streams;
}

describe('names', () => {
  it('are those of the copies that sound loudest, and of no others', () => {
    const names = new Float32Array(3);
    nameLoudest(Float32Array.of(9, 9, 0.1, 0.5, 0, 0.3, 0.4), 2, names);
    expect([...names]).toEqual([3, 5, 6]);
    nameLoudest(Float32Array.of(9, 9, 0, 0.5, 0, 0, 0, 0.7, 0.8, 0.9), 2, names);
    expect([...names]).toEqual([7, 8, 9]);
    nameLoudest(Float32Array.of(9, 9, 0, 0.5), 2, names);
    expect([...names]).toEqual([3, NO_NAME, NO_NAME]);
    nameLoudest(Float32Array.of(1, 1), 2, names);
    expect([...names]).toEqual([NO_NAME, NO_NAME, NO_NAME]);
  });

  it.each([
    [128, 12, 4],
    [256, 6, 2],
    [512, 3, 1],
    [1024, 2, 1],
  ])('with a hop of %d come from a frame at least %d back, every %d frames', (hopSize, delay, spacing) => {
    for (let sequence = 0; sequence < 50; sequence++) {
      const from = namingFrame(sequence, { ...layout, hopSize });
      expect(sequence - from).toBeGreaterThanOrEqual(delay);
      expect(sequence - from).toBeLessThan(delay + spacing);
      if (from >= 0) expect(isNaming(from, hopSize)).toBe(true);
    }
  });

  it('are needed in the low-latency modes', () => {
    const modes = (['playback', 'balanced', 'interactive'] as const).map((hint) => defaultLayout(hint, 2048));
    expect(modes.map(namesCopies)).toEqual([false, true, true]);
  });
});

describe('named copies', () => {
  const dictionary = withPitchShifts(taughtByTwoNotes(), bins, 7);
  // A fourth above and a third below what was taught.
  const [dark, bright] = [note(293.7, 2), note(247, 0.3)];
  const mixture = dark.map((value, n) => value + bright[n]);

  it('separate sustained notes as the whole dictionary does, to −40 dB', () => {
    const all = separated(mixture, dictionary, false);
    const named = separated(mixture, dictionary, true, new OwnNaming(layout));
    const late = Math.round(0.2 * RATE);
    all.forEach((stream, k) => {
      const wanted = stream.subarray(late);
      expect(levelBelow(wanted, difference(named[k].subarray(late), wanted))).toBeLessThan(-40);
    });
  });

  it('separate notes that the taught templates cannot', () => {
    const alone = separated(mixture, dictionary, true);
    const named = separated(mixture, dictionary, true, new OwnNaming(layout));
    const late = Math.round(0.2 * RATE);
    const source = dark.subarray(late - 127, RATE - 127);
    const errorOf = (streams: readonly Float32Array[]) =>
      levelBelow(source, difference(streams[0].subarray(late), source));
    expect(errorOf(named)).toBeLessThan(errorOf(alone) - 6);
  });

  it('take the place of those before, and none leaves the taught templates alone', () => {
    const activator = new Activator(bins);
    const large = activator.add(dictionary);
    const taughtAlone = activator.add(taughtByTwoNotes());
    activator.frame.set(templateOf(note(293.7, 2)));
    const names = new Float32Array(NAMED_COPIES);
    activator.activate(large);
    large.nameCopies(names);
    const wanted = large.foldedActivations();
    large.name(names);
    activator.activate(large.named);
    large.named.foldedActivations().forEach((value, r) => {
      expect(value).toBeCloseTo(wanted[r], 3);
    });
    expect(wanted[0]).toBeGreaterThan(0.8);
    large.name(names.fill(NO_NAME));
    activator.activate(large.named);
    // The initial shares differ, and so do the last bits of the minimum.
    large.named.foldedActivations().forEach((value, r) => {
      expect(value).toBeCloseTo(activator.activate(taughtAlone)[r], 2);
    });
  });

  it('give the same in succession, for any frame before, and any copies before', () => {
    const activator = new Activator(bins);
    const alone = activator.add(dictionary);
    const inSuccession = activator.add(dictionary);
    const names = new Float32Array(NAMED_COPIES).fill(NO_NAME);
    const frames = [
      mixture,
      noise(RATE, 3).map((value) => 1e-4 * value),
      bright,
      new Float32Array(RATE),
      note(330, 2).map((value) => 100 * value),
    ].map((samples) => stft(samples, { fftSize: 2048, hopSize: 512 }));
    frames.forEach(({ re, im }, i) => {
      activator.frame.set(re.subarray(8 * bins, 9 * bins).map((value, f) => Math.hypot(value, im[8 * bins + f])));
      activator.activate(alone);
      alone.nameCopies(names);
      for (const large of [alone, inSuccession]) large.name(names);
      const wanted = Float32Array.from(activator.activate(alone.named));
      inSuccession.named.renewViews();
      inSuccession.named.activateNext(activator.frame.byteOffset);
      const sum = wanted.reduce((total, value) => total + value, 0);
      wanted.forEach((value, r) => {
        expect(Math.abs(inSuccession.named.h[r] - value), `frame ${i}, template ${r}`).toBeLessThanOrEqual(0.01 * sum);
      });
    });
  });

  it('do not change what a dictionary without copies activates, nor the Euclidean one', () => {
    const activator = new Activator(bins);
    const plain = activator.add(taughtByTwoNotes());
    expect(plain.named).toBe(plain);
    const euclidean = activator.add(withPitchShifts(taughtByTwoNotes('euclidean'), bins, 7));
    expect(euclidean.named.count).toBe(2);
    const names = new Float32Array(NAMED_COPIES).fill(5);
    euclidean.name(names);
    activator.frame.set(noise(bins).map(Math.abs));
    expect(activator.activate(euclidean.named).every(Number.isFinite)).toBe(true);
  });
});
