import type { Divergence } from '../divergence.ts';

/** Templates and what is needed to activate frames with them, as plain data that can cross threads. */
export interface DictionaryData {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** The component each template belongs to. */
  readonly componentOf: Uint8Array;
  /** What the templates were learned with, and what activates them. */
  readonly divergence: Divergence;
  /** For each of the last templates, which are shifted copies: the template it is a copy of. */
  readonly shiftedFrom?: Uint16Array | undefined;
}
