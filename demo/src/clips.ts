/** A bundled recording. */
export interface BundledClip {
  readonly title: string;
  /** Relative to the page. */
  readonly url: string;
  readonly credits: string;
}

export const CLIPS: readonly BundledClip[] = [
  {
    title: 'Pop loop: drums, bass, chords',
    url: 'clips/pop.flac',
    credits: 'drums from the Sonic Pi samples (freesound.org, CC0), bass and chords from FluidR3 GM by Frank Wen (MIT)',
  },
];

/** @throws {Error} when the clip cannot be fetched or decoded */
export async function loadClip(clip: BundledClip, context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(clip.url);
  if (!response.ok) throw new Error(`The clip could not be loaded: ${clip.url} answered ${response.status}.`);
  return context.decodeAudioData(await response.arrayBuffer());
}
