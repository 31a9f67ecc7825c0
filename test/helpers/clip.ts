/** A real mixture of drums, bass and chords: the demo's clip, ten seconds. */
export async function popClip(context: BaseAudioContext): Promise<AudioBuffer> {
  const response = await fetch(new URL('../../demo/clips/pop.flac', import.meta.url));
  return context.decodeAudioData(await response.arrayBuffer());
}
