import { binsOf, type SpectrogramLayout } from '../transform/StftLayout.ts';
import { SoundGate } from '../transform/silence.ts';
import { Activator } from './Activator.ts';
import type { Dictionary } from './Dictionary.ts';
import type { DictionaryData } from './DictionaryData.ts';
import { taughtCount } from './pitchShifts.ts';

/** How templates follow what is heard, with every default filled in. */
export interface AdaptationOptions {
  /** Seconds after which what was heard counts a third. */
  readonly memorySeconds: number;
  /** How much the model counts against what is heard, from 0 to 1. */
  readonly trust: number;
}

/** Samples from one frame that is learned from to the next, for each so many templates: it is to cost 2 % of a core. */
const SPACING = 512;
const TEMPLATES_PER_SPACING = 16;
/** Seconds of sound between two updates of W. At half a second, one kit of drums in five went astray. */
const UPDATE = 0.125;
/** Seconds of sound from one dictionary to be put into force to the next; large ones take a while. */
const HANDED_OUT = { ordinary: 0.5, withCopies: 4 } as const;
/** Frames that the model counts as, for each component, where it is trusted by half. */
const PRIOR_FRAMES = 20;
/** Quotients of a frame and what approximates it are finite by this. */
const FLOOR = 1e-20;

/**
 * Templates that follow what is heard: multiplicative updates of W over statistics that forget, with the model as a prior
 * (incremental NMF after Lefèvre, Bach and Févotte, "Online algorithms for nonnegative matrix factorization with the
 * Itakura-Saito divergence", WASPAA 2011; here by the updates of Kullback and Leibler's divergence). What is silent for
 * long falls back to the model, and silence teaches nothing.
 *
 * Each frame is solved here once more, so that the same frames give the same templates whichever thread hears them.
 * Shifted copies stay as the model has them. Any thread but that of live audio: an update allocates.
 */
export class Adaptation {
  readonly #data: DictionaryData;
  readonly #count: number;
  readonly #bins: number;
  readonly #spacing: number;
  readonly #framesPerUpdate: number;
  readonly #updatesPerDictionary: number;
  readonly #gate: SoundGate;
  /** What is left after a frame of what was heard before. */
  readonly #memory: number;
  /** Of each template, as a part of the mean sum of a frame. */
  readonly #prior: number;
  readonly #activator: Activator;
  #dictionary: Dictionary;
  /** W, count × bins. */
  #templates: Float32Array;
  /** Σ W∘h∘(v / W·h) over the frames, count × bins. */
  readonly #statistics: Float64Array;
  readonly #quotients: Float64Array;
  #sum = 0;
  #frames = 0;
  /** Frames since the last update, and what the next one weighs: more than those before, instead of forgetting them. */
  #since = 0;
  #weight = 1;
  #updates = 0;

  constructor(data: DictionaryData, layout: SpectrogramLayout, { memorySeconds, trust }: AdaptationOptions) {
    const { sampleRate, hopSize } = layout;
    this.#data = data;
    this.#bins = binsOf(layout);
    this.#count = taughtCount(data);
    const samples = SPACING * Math.ceil(this.#count / TEMPLATES_PER_SPACING);
    this.#spacing = Math.max(1, Math.round(samples / hopSize));
    const frameSeconds = (this.#spacing * hopSize) / sampleRate;
    const seconds = this.#count < data.componentOf.length ? HANDED_OUT.withCopies : HANDED_OUT.ordinary;
    this.#framesPerUpdate = Math.max(1, Math.round(UPDATE / frameSeconds));
    this.#updatesPerDictionary = Math.ceil(seconds / frameSeconds / this.#framesPerUpdate);
    this.#memory = Math.exp(-frameSeconds / memorySeconds);
    this.#prior = (PRIOR_FRAMES * trust) / (1 - trust) / this.#count;
    this.#gate = new SoundGate(layout);
    this.#activator = new Activator(this.#bins);
    this.#templates = data.templates.slice(0, this.#count * this.#bins);
    this.#dictionary = this.#taught(this.#templates);
    this.#statistics = new Float64Array(this.#templates.length);
    this.#quotients = new Float64Array(this.#bins);
  }

  /** @returns the dictionary as it is from now on, where it is time for a new one */
  add(sequence: number, magnitudes: Float32Array): DictionaryData | null {
    if (sequence % this.#spacing !== 0 || !this.#gate.isSound(magnitudes)) return null;
    this.#learnFrom(magnitudes);
    if (++this.#since < this.#framesPerUpdate) return null;
    this.#forget();
    this.#update();
    return ++this.#updates % this.#updatesPerDictionary === 0 ? this.#adapted() : null;
  }

  release(): void {
    this.#activator.release();
  }

  #learnFrom(v: Float32Array): void {
    const bins = this.#bins;
    this.#weight /= this.#memory;
    this.#activator.frame.set(v);
    const h = this.#activator.activate(this.#dictionary);
    const quotients = this.#quotients.fill(0);
    for (let r = 0; r < this.#count; r++) {
      if (h[r] === 0) continue;
      for (let f = 0; f < bins; f++) quotients[f] += h[r] * this.#templates[r * bins + f];
    }
    for (let f = 0; f < bins; f++) {
      this.#sum += this.#weight * v[f];
      quotients[f] = (this.#weight * v[f]) / (quotients[f] + FLOOR);
    }
    this.#frames += this.#weight;
    for (let r = 0; r < this.#count; r++) {
      if (h[r] === 0) continue;
      for (let i = r * bins, f = 0; f < bins; i++, f++) {
        this.#statistics[i] += this.#templates[i] * h[r] * quotients[f];
      }
    }
  }

  #forget(): void {
    for (let i = 0; i < this.#statistics.length; i++) this.#statistics[i] /= this.#weight;
    this.#sum /= this.#weight;
    this.#frames /= this.#weight;
    this.#weight = 1;
    this.#since = 0;
  }

  #update(): void {
    const { templates } = this.#data;
    const prior = (this.#prior * this.#sum) / this.#frames;
    const bins = this.#bins;
    for (let r = 0; r < this.#count; r++) {
      let sum = 0;
      for (let i = r * bins; i < (r + 1) * bins; i++) sum += prior * templates[i] + this.#statistics[i];
      // A model that is trusted without end stays as it is, and so does what never sounded and is not trusted at all.
      if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) continue;
      for (let i = r * bins; i < (r + 1) * bins; i++) {
        this.#templates[i] = (prior * templates[i] + this.#statistics[i]) / sum;
      }
    }
    this.#dictionary.release();
    this.#dictionary = this.#taught(this.#templates);
  }

  #taught(templates: Float32Array): Dictionary {
    const { componentOf, divergence } = this.#data;
    return this.#activator.add({ templates, componentOf: componentOf.subarray(0, this.#count), divergence });
  }

  #adapted(): DictionaryData {
    const templates = this.#data.templates.slice();
    templates.set(this.#templates);
    return { ...this.#data, templates };
  }
}
