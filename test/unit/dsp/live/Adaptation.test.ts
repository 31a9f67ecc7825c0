import { describe, expect, it } from 'vitest';
import { Adaptation } from '../../../../src/dsp/live/Adaptation.ts';
import type { DictionaryData } from '../../../../src/dsp/live/DictionaryData.ts';
import { Random } from '../../../../src/dsp/numeric/random.ts';
import type { SpectrogramLayout } from '../../../../src/dsp/transform/StftLayout.ts';
import { correlation } from '../../../helpers/signals.ts';

const LAYOUT: SpectrogramLayout = { sampleRate: 8000, fftSize: 1024, hopSize: 512, window: 'hann' };
const BINS = 513;
const FRAME_SECONDS = LAYOUT.hopSize / LAYOUT.sampleRate;
const DEFAULTS = { memorySeconds: 6, trust: 0.5 };

/** Spectra with harmonics of their own, in tune or not. */
const source = (k: number, tuning = 1) => {
  const spectrum = new Float32Array(BINS).fill(1e-4);
  for (let h = 1; h < 12; h++) {
    const middle = h * (9 + 4 * k) * tuning;
    for (let f = 0; f < BINS; f++) spectrum[f] += Math.exp(-((f - middle) ** 2) / 2) / h;
  }
  const sum = spectrum.reduce((total, value) => total + value, 0);
  return spectrum.map((value) => value / sum);
};

const SOURCES = [0, 1, 2];
const TUNING = 1.04;
const model: DictionaryData = {
  templates: Float32Array.from(SOURCES.flatMap((k) => [...source(k)])),
  componentOf: Uint8Array.of(0, 1, 2),
  divergence: 'kullback-leibler',
};

/** Feeds frames to an adaptation, and keeps what it has become. */
class Feed {
  readonly adaptation: Adaptation;
  updates = 0;
  templates = model.templates;
  #sequence = 0;
  readonly #random = new Random(1);

  constructor(options = DEFAULTS) {
    this.adaptation = new Adaptation(model, LAYOUT, options);
  }

  frames(seconds: number, frame: (random: Random) => Float32Array): void {
    for (let t = 0; t < seconds / FRAME_SECONDS; t++) {
      const adapted = this.adaptation.add(this.#sequence++, frame(this.#random));
      if (!adapted) continue;
      this.updates++;
      this.templates = adapted.templates;
      expect(adapted.templates.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    }
  }

  row(k: number): Float32Array {
    return this.templates.subarray(k * BINS, (k + 1) * BINS);
  }
}

const mixture = (random: Random) => {
  const frame = new Float32Array(BINS);
  for (const k of SOURCES) {
    const level = random.next() < 0.5 ? 0 : 40 * random.next();
    source(k, TUNING).forEach((value, f) => {
      frame[f] += level * value;
    });
  }
  return frame;
};
const silence = () => new Float32Array(BINS);
const hiss = (random: Random) => Float32Array.from({ length: BINS }, () => 0.1 * random.next());
const alone = (random: Random) => source(0, TUNING).map((value) => 40 * random.next() * value);

function expectTuned(feed: Feed): void {
  for (const k of SOURCES) {
    const [own, ...others] = [k, ...SOURCES.filter((j) => j !== k)].map((j) =>
      correlation(feed.row(k), source(j, TUNING)),
    );
    expect(own, `component ${k}`).toBeGreaterThan(0.85);
    expect(own).toBeGreaterThan(Math.max(...others) + 0.2);
  }
}

describe('templates that follow what is heard', () => {
  it('come to be those of the sources, in the order of the model', () => {
    for (const k of SOURCES) expect(correlation(source(k), source(k, TUNING))).toBeLessThan(0.9);
    const feed = new Feed();
    feed.frames(30, mixture);
    expectTuned(feed);
  });

  it('lose no component in ten minutes each of silence, of noise, and of one source alone', () => {
    const feed = new Feed();
    for (const sound of [silence, hiss, alone]) {
      feed.frames(30, mixture);
      feed.frames(600, sound);
      // After noise it takes longest, since every template has become a part of it.
      feed.frames(120, mixture);
      expectTuned(feed);
    }
    expect(feed.updates).toBeGreaterThan(1000);
  }, 60_000);

  it('stay in silence, and are handed out at most twice a second of sound', () => {
    const feed = new Feed();
    feed.frames(600, silence);
    expect(feed.updates).toBe(0);
    feed.frames(10, mixture);
    expect(feed.updates).toBeLessThanOrEqual(20);
    expect(feed.updates).toBeGreaterThan(12);
  });

  it('are the model again where it is trusted without end, and go farther where it is not', () => {
    const [still, near, far] = [1, 0.9, 0.1].map((trust) => {
      const feed = new Feed({ memorySeconds: 6, trust });
      feed.frames(3, mixture);
      return feed;
    });
    expect(still.updates).toBeGreaterThan(3);
    expect(still.templates).toEqual(model.templates);
    const distance = ({ templates }: Feed) =>
      templates.reduce((sum, value, i) => sum + Math.abs(value - model.templates[i]), 0);
    expect(distance(near)).toBeGreaterThan(0);
    expect(distance(far)).toBeGreaterThan(distance(near));
    const untrusted = new Feed({ memorySeconds: 1, trust: 0 });
    untrusted.frames(600, alone);
    untrusted.frames(30, mixture);
  });

  it('leave shifted copies as they are', () => {
    const copies = Float32Array.from([...model.templates, ...source(0, 2)]);
    const data = {
      ...model,
      templates: copies,
      componentOf: Uint8Array.of(0, 1, 2, 0),
      shiftedFrom: Uint16Array.of(0),
    };
    const adaptation = new Adaptation(data, LAYOUT, DEFAULTS);
    let adapted: DictionaryData | null = null;
    for (let t = 0; !adapted; t++) adapted = adaptation.add(t, mixture(new Random(t)));
    expect(adapted.templates.subarray(3 * BINS)).toEqual(copies.subarray(3 * BINS));
    expect(adapted.templates.subarray(0, 3 * BINS)).not.toEqual(model.templates);
  });
});
