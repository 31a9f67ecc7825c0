/** A bundled recording. */
export interface BundledClip {
  /** Names it in links. */
  readonly id: string;
  readonly title: string;
  /** Relative to the page. */
  readonly url: string;
  readonly credits: string;
}

const FLUID = 'FluidR3 GM by Frank Wen (MIT)';

export const CLIPS: readonly BundledClip[] = [
  {
    id: 'pop',
    title: 'Pop loop',
    url: 'clips/pop.flac',
    credits: `drums from the Sonic Pi samples (freesound.org, CC0), bass and chords from ${FLUID}`,
  },
  {
    id: 'rock',
    title: 'Rock band',
    url: 'clips/rock.flac',
    credits: '“Feelings” by Sectoid, © Carlos Viola Iborra (MIT)',
  },
  { id: 'duo', title: 'Flute and cello', url: 'clips/duo.flac', credits: `played on ${FLUID}` },
];

/** @throws {Error} when the clip cannot be fetched or decoded */
export async function loadClip({ url }: BundledClip, context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The clip could not be loaded: ${url} answered ${response.status}.`);
  return context.decodeAudioData(await response.arrayBuffer());
}
