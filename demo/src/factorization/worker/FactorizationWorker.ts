import { type ComplexSpectrogram, magnitudes, stft } from 'nmf-separator-node/dsp';
import type { FactorizationSettings } from '../settings.ts';
import { Iterations } from './Iterations.ts';
import { PictureGrid, type PictureShape } from './PictureGrid.ts';
import { relativeErrors } from './relativeError.ts';
import { filtered, sonified } from './sounds.ts';
import { unitTemplates } from './unitTemplates.ts';

/** Mono sound. */
export interface Clip {
  readonly samples: Float32Array;
  /** Hz */
  readonly sampleRate: number;
}

/** The picture of V: rows × columns, the highest frequencies first. */
export interface Pictured extends PictureShape {
  readonly picture: Float32Array;
}

/** Where the factorisation is, at the resolution of the picture. */
export interface Moment {
  /** Iterations that are done. */
  readonly iteration: number;
  /** W, K × rows */
  readonly templates: Float32Array;
  /** H, K × columns */
  readonly activations: Float32Array;
  /** The relative error after each iteration. */
  readonly errors: Float32Array;
}

/** W and H themselves, with all that a model needs. */
export interface Factorization
  extends Omit<FactorizationSettings, 'iterations'>,
    Pick<Moment, 'iteration' | 'templates' | 'activations' | 'errors'> {
  /** Hz */
  readonly sampleRate: number;
  readonly frames: number;
  /** K × bins; each template sums to 1. */
  readonly templates: Float32Array;
  /** frames × K */
  readonly activations: Float32Array;
}

/** The factorisation of one clip, off the page's thread: the page asks, and draws what comes back. */
export class FactorizationWorker {
  #sampleRate = 0;
  #spectrogram!: ComplexSpectrogram;
  #V!: Float32Array;
  #grid!: PictureGrid;
  #settings!: FactorizationSettings;
  #iterations!: Iterations;

  /** Takes another clip; `start` has to follow. */
  load({ samples, sampleRate }: Clip, layout: Pick<FactorizationSettings, 'fftSize' | 'hopSize' | 'window'>): Pictured {
    const { fftSize, hopSize, window } = layout;
    this.#sampleRate = sampleRate;
    this.#spectrogram = stft(samples, { fftSize, hopSize, window });
    this.#V = magnitudes(this.#spectrogram);
    this.#grid = new PictureGrid({ ...this.#spectrogram, sampleRate });
    const { rows, columns, lowest, highest, seconds } = this.#grid;
    return { rows, columns, lowest, highest, seconds, picture: this.#grid.picture(this.#V) };
  }

  /** Goes to the random start of a seed. */
  start(settings: FactorizationSettings): Moment {
    const { frames, bins } = this.#spectrogram;
    this.#settings = settings;
    this.#iterations = new Iterations({ values: this.#V, frames, bins }, settings);
    return this.#moment();
  }

  advance(iterations: number): Moment {
    this.#iterations.advance(iterations);
    return this.#moment();
  }

  /** The clip through the mask of a component, as long as the clip. */
  filtered(component: number): Float32Array {
    return filtered(this.#spectrogram, this.#iterations.factors, component, this.#settings.maskExponent);
  }

  /** The template of a component made audible. */
  sonified(component: number): Float32Array {
    const { bins } = this.#spectrogram;
    const { templates } = this.#iterations.factors;
    const template = templates.subarray(component * bins, (component + 1) * bins);
    return sonified(this.#spectrogram, template, this.#sampleRate);
  }

  result(): Factorization {
    const { frames, bins } = this.#spectrogram;
    const { iterations: _, ...settings } = this.#settings;
    const { iteration, errors } = this.#moment();
    const factors = unitTemplates(this.#iterations.factors, bins);
    return { ...settings, ...factors, iteration, errors, sampleRate: this.#sampleRate, frames };
  }

  #moment(): Moment {
    const { losses, factors } = this.#iterations;
    const { components, divergence } = this.#settings;
    return {
      iteration: losses.length,
      templates: this.#grid.templates(factors.templates),
      activations: this.#grid.activations(factors.activations, components),
      errors: relativeErrors(losses, this.#V, divergence),
    };
  }
}
