/** A bundled recording. */
export interface BundledClip {
  readonly title: string;
  /** Relative to the page. */
  readonly url: string;
  readonly credits: string;
}

const FLUID = 'FluidR3 GM by Frank Wen (MIT)';

export const CLIPS: readonly BundledClip[] = [
  {
    title: 'Pop loop',
    url: 'clips/pop.flac',
    credits: `drums from the Sonic Pi samples (freesound.org, CC0), bass and chords from ${FLUID}`,
  },
  { title: 'Rock band', url: 'clips/rock.flac', credits: '“Feelings” by Sectoid, © Carlos Viola Iborra (MIT)' },
  { title: 'Flute and cello', url: 'clips/duo.flac', credits: `played on ${FLUID}` },
];

/** @throws {Error} when the clip cannot be fetched or decoded */
export async function loadClip({ url }: BundledClip, context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The clip could not be loaded: ${url} answered ${response.status}.`);
  return context.decodeAudioData(await response.arrayBuffer());
}

/** @throws {Error} when the browser cannot read the file as sound */
export async function loadFile(file: File, context: BaseAudioContext): Promise<AudioBuffer> {
  return context.decodeAudioData(await file.arrayBuffer()).catch((cause) => {
    throw new Error(`${file.name} could not be read as sound. Try a WAV, MP3, FLAC or M4A file.`, { cause });
  });
}
