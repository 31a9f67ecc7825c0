/**
 * The live path (`assembly/live.ts`). Addresses are byte offsets into the memory; what is made may grow it, which detaches
 * every view made before. Divergences are numbered as `DIVERGENCES` orders them.
 */
export interface LiveKernels extends ChainKernels, DictionaryKernels, TransformKernels {}

/** From sound to frames, and from masked frames to sound. Positions are samples, multiples of 128. */
interface ChainKernels {
  /** Makes a silent chain, which lives as long as the instance. Fill in windows and twiddles. */
  createChain(
    fftSize: number,
    support: number,
    components: number,
    channels: number,
    historySize: number,
    slots: number,
  ): number;
  /** fftSize floats. */
  chainAnalysis(chain: number): number;
  /** The synthesis window over the overlap sum and over fftSize: `support` floats. */
  chainSynthesis(chain: number): number;
  /** Analysis times synthesis window over the overlap sum and over K: `support` floats. */
  chainShares(chain: number): number;
  /** As many floats as `twiddlesOf` gives. */
  chainTwiddles(chain: number): number;
  /** channels × 128 floats. */
  chainInput(chain: number): number;
  /** components × channels × 128 floats. */
  chainOutput(chain: number): number;
  /** Magnitudes of the frame in a slot: a padded row. */
  chainMagnitudes(chain: number, slot: number): number;
  /** Takes the input into the history, and returns how many samples were not finite. */
  listenQuantum(chain: number, position: number): number;
  captureFrame(chain: number, slot: number, start: number): void;
  /** Masks a captured frame by the activations in the dictionary, and overlap-adds its components. */
  separateFrame(chain: number, slot: number, ringStart: number, dictionary: number, exponent: number): void;
  /** Overlap-adds an equal share of the sound, whose synthesis support starts at `start`, to each component. */
  shareFrame(chain: number, start: number, ringStart: number): void;
  /** Hands out what the rings hold at `position`; the last component is the delayed input minus the others. */
  emitQuantum(chain: number, position: number, delayed: number): void;
}

/** Templates, and the activations of single frames. */
interface DictionaryKernels {
  /** @param kept templates that may sound at a time */
  createDictionary(count: number, bins: number, divergence: number, kept: number): number;
  /** count rows of `rowBytes(bins)`. */
  dictionaryTemplates(dictionary: number): number;
  /** One byte a template. */
  dictionaryComponents(dictionary: number): number;
  /** One float a template: the factor on its cost, 1 unless set. */
  dictionaryPenalties(dictionary: number): number;
  /** One float a template: what it has of the start, together 1; equal unless set. */
  dictionaryShares(dictionary: number): number;
  /** One float a template: the activations of the frame activated last. */
  dictionaryActivations(dictionary: number): number;
  /** To be called once templates, components, penalties and shares are written. */
  prepareDictionary(dictionary: number): void;
  releaseDictionary(dictionary: number): void;
  /**
   * Activates the frame at an address, a padded row; the result is left in the dictionary.
   *
   * @returns sweeps of coordinate descent, 0 for silence
   */
  activateFrame(dictionary: number, magnitudes: number): number;
  /** Bytes of a row of bins, padded with zeros to whole lines of 64. */
  rowBytes(bins: number): number;
}

/** Complex transforms of a power of two from 64 on, of two real signals a + i·b. */
interface TransformKernels {
  /** In place; the inverse, times `size`, is the same with `re` and `im` exchanged. `scratch` has room for both. */
  transform(re: number, im: number, scratch: number, twiddles: number, size: number): void;
  /** Takes the spectrum of a + i·b apart into bins 0 … size/2 of a and of b. */
  splitSpectrum(re: number, im: number, size: number, aRe: number, aIm: number, bRe: number, bIm: number): void;
  /** The opposite of `splitSpectrum`. */
  joinSpectra(aRe: number, aIm: number, bRe: number, bIm: number, size: number, re: number, im: number): void;
}
