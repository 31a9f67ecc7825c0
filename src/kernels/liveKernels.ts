/**
 * The live path (`assembly/live`) and the Fourier transform (`assembly/shared/fft`). Addresses are byte offsets into
 * the memory. Functions whose names begin with `create` may grow it, which detaches every view made before; the others
 * allocate nothing.
 */
export interface LiveKernels extends ChainKernels, DictionaryKernels, TransformKernels {}

/** From samples to frames, and from masked frames to samples. Positions are samples, multiples of BLOCK. */
interface ChainKernels {
  /**
   * Makes a silent chain, which lives as long as the instance. The caller fills in windows and twiddles.
   *
   * @param support samples at the end of a frame where the synthesis window is not zero
   * @param components K
   * @param historySize samples of input that are kept of each channel
   * @param slots frames that may wait for their separation
   */
  createChain(
    fftSize: number,
    support: number,
    components: number,
    channels: number,
    historySize: number,
    slots: number,
  ): number;
  /** Address of the analysis window: fftSize floats. */
  chainAnalysis(chain: number): number;
  /** Address of the synthesis window, over the sum of the overlapping windows and over fftSize: `support` floats. */
  chainSynthesis(chain: number): number;
  /**
   * Address of analysis window times synthesis window, over the sum of the overlapping windows and over K: `support`
   * floats.
   */
  chainShares(chain: number): number;
  /** Address of the twiddles: as many floats as `twiddlesOf` gives. */
  chainTwiddles(chain: number): number;
  /** Address of the block that comes in: channels × 128 floats. */
  chainInput(chain: number): number;
  /** Address of the block that goes out: components × channels × 128 floats. */
  chainOutput(chain: number): number;
  /** Address of the magnitudes of the frame in a slot, averaged over the channels: a padded row. */
  chainMagnitudes(chain: number, slot: number): number;
  /** Takes the input into the history, and returns how many samples were not finite. */
  listenBlock(chain: number, position: number): number;
  /** Cuts the frame that starts at `start` out of the history: its spectra and magnitudes go to a slot. */
  captureFrame(chain: number, slot: number, start: number): void;
  /** Of two channels: the magnitudes of each of a captured frame, one padded row above the other. Returns where they stand. */
  stackMagnitudes(chain: number, slot: number): number;
  /** Address of the amplitudes of the frame masked last, Σ mask·|X| of each component: K floats. */
  chainAmplitudes(chain: number): number;
  /** Makes the masks of a captured frame by the activations in the dictionary, and measures its amplitudes. */
  maskFrame(chain: number, slot: number, dictionary: number, exponent: number): void;
  /** Filters a frame by the masks that were made for it last; overlap-adds its components from `ringStart` on. */
  separateFrame(chain: number, slot: number, ringStart: number, dictionary: number): void;
  /** Overlap-adds an equal share of a frame to each component. Its support starts at `start` in the history. */
  shareFrame(chain: number, start: number, ringStart: number): void;
  /**
   * Takes the output from the rings at `position`. The last component is the input minus the others: the input is that
   * at `delayed` in the history.
   */
  emitBlock(chain: number, position: number, delayed: number): void;
}

/** Templates W, and the activations h of one frame v at a time: v ≈ W·h. */
interface DictionaryKernels {
  /**
   * @param divergence EUCLIDEAN, KULLBACK_LEIBLER or ITAKURA_SAITO
   * @param kept templates that may be active in one frame
   */
  createDictionary(count: number, bins: number, divergence: number, kept: number): number;
  /** Address of the templates: count rows of `rowBytes(bins)`. */
  dictionaryTemplates(dictionary: number): number;
  /** Address of the component of each template: count bytes. */
  dictionaryComponents(dictionary: number): number;
  /** Address of the left channel's part of each template, for stacked copies: count floats. */
  dictionaryPanning(dictionary: number): number;
  /** Address of the factor on the cost of each template: count floats, 1 unless set. */
  dictionaryPenalties(dictionary: number): number;
  /** Address of the initial activation of each template: count floats, together 1, equal unless set. */
  dictionaryShares(dictionary: number): number;
  /** Address of the activations of the frame activated last: count floats. */
  dictionaryActivations(dictionary: number): number;
  /** To be called once templates, components, penalties and shares are written. */
  prepareDictionary(dictionary: number): void;
  /**
   * Puts templates of a prepared dictionary in the place of the last ones of another, from `first` on. If the other's rows
   * are twice as long, for stacked magnitudes, the panning tells how much of a template each channel gets.
   *
   * @param names address of `places` indexes, ascending, as floats; larger ones where there are no more
   */
  placeTemplates(dictionary: number, from: number, names: number, places: number, first: number): void;
  releaseDictionary(dictionary: number): void;
  /**
   * Finds the activations of a frame, a padded row, and leaves them in the dictionary.
   *
   * @returns sweeps of coordinate descent, 0 for silence
   */
  activateFrame(dictionary: number, magnitudes: number): number;
  /** The same, from the activations of the frame before. */
  activateNextFrame(dictionary: number, magnitudes: number): number;
  /** Bytes of a row of bins, padded with zeros to whole lines of 64. */
  rowBytes(bins: number): number;
}

/** Complex Fourier transforms, of a power of two from 64 on, and two real signals in one: a + i·b. */
interface TransformKernels {
  /**
   * Transforms in place. The inverse, times `size`, is the same with `re` and `im` exchanged.
   *
   * @param scratch room for 2·size floats
   */
  transform(re: number, im: number, scratch: number, twiddles: number, size: number): void;
  /** Splits the spectrum of a + i·b into the bins 0 … size/2 of a and of b. */
  splitSpectrum(re: number, im: number, size: number, aRe: number, aIm: number, bRe: number, bIm: number): void;
  /** The inverse of `splitSpectrum`. */
  joinSpectra(aRe: number, aIm: number, bRe: number, bIm: number, size: number, re: number, im: number): void;
}
