import { type Kernels, loadKernels, unloadKernels } from '../../kernels/load.ts';
import { Dictionary } from './Dictionary.ts';
import type { DictionaryData } from './DictionaryData.ts';

/** Activates frames that come from elsewhere, on a kernel instance of its own. */
export class Activator {
  readonly #kernels: Kernels = loadKernels();
  readonly #bins: number;
  readonly #row: number;
  #frame: Float32Array;

  constructor(bins: number) {
    this.#bins = bins;
    this.#row = this.#kernels.allocate(this.#kernels.rowBytes(bins));
    this.#frame = this.#frameView();
  }

  /** The frame to activate next: `bins` magnitudes. Write there; another view after every `add`. */
  get frame(): Float32Array {
    return this.#frame;
  }

  /** Takes a dictionary in. It belongs to this activator, and is released by the caller. */
  add(data: DictionaryData): Dictionary {
    const dictionary = new Dictionary(this.#kernels, data, this.#bins);
    this.#frame = this.#frameView();
    return dictionary;
  }

  /** Any thread; allocates nothing unless the memory has grown since. Returns the dictionary's `h`. */
  activate(dictionary: Dictionary): Float32Array {
    dictionary.renewViews();
    dictionary.activate(this.#row);
    return dictionary.h;
  }

  /** Gives its memory back; not to be used afterwards. */
  release(): void {
    unloadKernels(this.#kernels);
  }

  #frameView(): Float32Array {
    return new Float32Array(this.#kernels.memory.buffer, this.#row, this.#bins);
  }
}
