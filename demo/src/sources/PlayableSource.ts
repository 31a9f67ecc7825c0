import type { Source } from './Source.ts';

/** A recording that plays from any place, over and over. Its `ended` rejects when the file can no longer be read. */
export interface PlayableSource extends Source {
  /** Length of the recording */
  readonly seconds: number;
  /** Seconds from the start of the recording, now */
  readonly position: number;
  /** Goes on from another place, without a click. Resolves when that is heard, or a later wish is. */
  seek(seconds: number): Promise<void>;
}
