import type { Divergence } from '../divergence.ts';

/** Templates and what is needed to activate frames with them, as plain data that can cross threads. */
export interface DictionaryData {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** The component each template belongs to. */
  readonly componentOf: Uint8Array;
  /** What the templates were learned with, and what activates them. */
  readonly divergence: Divergence;
  /**
   * Of sources that lie at different places between two loudspeakers: the left channel's part of each template, from 0 to 1.
   * Two channels are then told apart by it.
   */
  readonly panning?: Float32Array | undefined;
  /** The largest amplitude of each component in what it was learned from, Σ mask·|X|; 0 where unknown. */
  readonly levels?: Float32Array | undefined;
  /** For each of the last templates, which are shifted copies: the template it is a copy of. */
  readonly shiftedFrom?: Uint16Array | undefined;
}

/** Whether frames of so many channels are activated by what each channel holds. */
export function isStereo(dictionary: DictionaryData | null, channels: number): boolean {
  return channels === 2 && dictionary?.panning !== undefined;
}
