export interface BundledClip {
  /** Used in links */
  readonly id: string;
  readonly title: string;
  /** How many parts it has */
  readonly components: number;
  /** Relative to the page */
  readonly url: string;
  readonly credits: string;
}

const FLUID = 'FluidR3 GM by Frank Wen (MIT)';

export const CLIPS: readonly BundledClip[] = [
  {
    id: 'pop',
    title: 'Pop loop',
    components: 3,
    url: 'clips/pop.flac',
    credits: `drums from the Sonic Pi samples (freesound.org, CC0), bass and chords from ${FLUID}`,
  },
  {
    id: 'rock',
    title: 'Rock band',
    components: 2,
    url: 'clips/rock.flac',
    credits: '“Feelings” by Sectoid, © Carlos Viola Iborra (MIT)',
  },
  { id: 'duo', title: 'Flute and cello', components: 2, url: 'clips/duo.flac', credits: `played on ${FLUID}` },
];

/** Cache of decoded clips, a few megabytes each, for users who switch between them. */
const loaded = new Map<BundledClip, Promise<AudioBuffer>>();

/** @throws {Error} (as a rejection) when the clip cannot be fetched or decoded */
export function loadClip(clip: BundledClip, context: BaseAudioContext): Promise<AudioBuffer> {
  const known = loaded.get(clip);
  if (known) return known;
  const loading = fetchClip(clip, context);
  loaded.set(clip, loading);
  // Do not cache a failure.
  loading.catch(() => loaded.delete(clip));
  return loading;
}

async function fetchClip({ url }: BundledClip, context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The clip could not be loaded: ${url} answered ${response.status}.`);
  return context.decodeAudioData(await response.arrayBuffer());
}
