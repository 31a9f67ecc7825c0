import type { LearnOptions } from 'nmf-separator-node';

/** A sound that a bundled clip is mixed from. */
export interface ClipPart {
  readonly name: string;
  /**
   * How well the part comes out of the clip, as the signal-to-distortion ratio (BSS Eval) in decibels, rounded down: of
   * the sound of its component, learned by `CLIP_LEARNING` and filtered as it is heard. A test measures it again.
   */
  readonly sdr: number;
  /** The same for the clip as it is, with nothing taken apart, rounded up */
  readonly sdrOfMixture: number;
  /** Sound of the part alone, playing other music than the clip, to teach it from. Relative to the page. */
  readonly lesson?: string;
}

export interface BundledClip {
  /** Used in links */
  readonly id: string;
  readonly title: string;
  /** Relative to the page */
  readonly url: string;
  readonly credits: string;
  /** In the order of the components that are learned from the clip. Either all have a lesson or none has. */
  readonly parts: readonly ClipPart[];
}

/** How the page learns a bundled clip, unless the user wants it otherwise: by the package's own defaults. */
export const CLIP_LEARNING = { seed: 0 } as const satisfies LearnOptions;

const FLUID = 'FluidR3 GM by Frank Wen (MIT)';
const SONIC_PI = 'the Sonic Pi samples (freesound.org, CC0)';

export const CLIPS: readonly BundledClip[] = [
  {
    id: 'pop',
    title: 'Pop loop',
    url: 'clips/pop.flac',
    credits: `hi-hat from ${SONIC_PI}, bass and chords from ${FLUID}`,
    parts: [
      { name: 'bass', sdr: 14.9, sdrOfMixture: -0.4 },
      { name: 'chords', sdr: 9.5, sdrOfMixture: -5.7 },
      { name: 'hi-hat', sdr: 15.4, sdrOfMixture: -3.3 },
    ],
  },
  {
    id: 'drums',
    title: 'Drum loop',
    url: 'clips/drums.flac',
    credits: `played on ${SONIC_PI}`,
    parts: [
      { name: 'kick', sdr: 22.3, sdrOfMixture: 1.5 },
      { name: 'snare', sdr: 17.7, sdrOfMixture: -2.9 },
      { name: 'hi-hat', sdr: 11.1, sdrOfMixture: -9.1 },
    ],
  },
  {
    id: 'duo',
    title: 'Oboe and piano',
    url: 'clips/duo.flac',
    credits: `played on ${FLUID}`,
    parts: [
      { name: 'piano', sdr: 7.1, sdrOfMixture: 0.1 },
      { name: 'oboe', sdr: 18.5, sdrOfMixture: 0.1 },
    ],
  },
  {
    id: 'band',
    title: 'Piano, bass and drums',
    url: 'clips/band.flac',
    credits: `played on ${FLUID}`,
    parts: [
      { name: 'piano', sdr: 11.9, sdrOfMixture: -2.8, lesson: 'clips/band-piano.flac' },
      { name: 'bass', sdr: 6.9, sdrOfMixture: -3.3, lesson: 'clips/band-bass.flac' },
      { name: 'drums', sdr: 8.5, sdrOfMixture: -3, lesson: 'clips/band-drums.flac' },
    ],
  },
];

/** Cache of decoded sounds by address, a few megabytes each, for users who switch between clips. */
const loaded = new Map<string, Promise<AudioBuffer>>();

/** @throws {Error} (as a rejection) when the clip cannot be fetched or decoded */
export function loadClip({ url }: BundledClip, context: BaseAudioContext): Promise<AudioBuffer> {
  return load(url, context);
}

/**
 * Addresses of the sounds that teach the components of a clip, in the order of its parts. Empty where it is learned from
 * itself: it brings none, or not as many as there are components.
 */
export function lessonsOf({ parts }: BundledClip, components: number): string[] {
  return parts.length === components ? parts.flatMap(({ lesson }) => lesson ?? []) : [];
}

/** @throws {Error} (as a rejection) when a lesson cannot be fetched or decoded */
export function loadLessons(urls: readonly string[], context: BaseAudioContext): Promise<AudioBuffer[]> {
  return Promise.all(urls.map((url) => load(url, context)));
}

function load(url: string, context: BaseAudioContext): Promise<AudioBuffer> {
  const known = loaded.get(url);
  if (known) return known;
  const loading = fetchSound(url, context);
  loaded.set(url, loading);
  // Do not cache a failure.
  loading.catch(() => loaded.delete(url));
  return loading;
}

async function fetchSound(url: string, context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The clip could not be loaded: ${url} answered ${response.status}.`);
  return context.decodeAudioData(await response.arrayBuffer());
}
