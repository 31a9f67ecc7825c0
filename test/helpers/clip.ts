/** The demo's clip: 8 s of hi-hat, bass and chords. */
export async function popClip(context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(new URL('../../demo/clips/pop.flac', import.meta.url));
  return context.decodeAudioData(await response.arrayBuffer());
}
