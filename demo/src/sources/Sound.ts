import type { BundledClip } from './clips.ts';
import type { Source } from './Source.ts';
import type { SoundFile } from './soundFile.ts';

/** What plays, and where it comes from. */
export interface Sound {
  readonly source: Source;
  /** The recording; null for a live source */
  readonly file: SoundFile | null;
  /** null for what does not come with the page */
  readonly clip: BundledClip | null;
}
