const CLIPS = 'demo/clips/';

/** The address of one of the demo's clips */
export const clipUrl = (name: string): string => new URL(`${CLIPS}${name}.flac`, document.baseURI).href;

export async function loadClip(context: AudioContext, name: string, signal: AbortSignal): Promise<AudioBuffer> {
  const response = await fetch(clipUrl(name), { signal });
  if (!response.ok) throw new Error(`There is no clip "${name}".`);
  return context.decodeAudioData(await response.arrayBuffer());
}
