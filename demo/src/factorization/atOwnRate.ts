import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';

/** A sound file as it is: decoded at its own sample rate. @throws {Error} (as a rejection) when it cannot be read */
export async function atOwnRate(file: Blob): Promise<AudioBuffer> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error('There is no sound in this file.');
  const context = new OfflineAudioContext({ length: 1, sampleRate: await track.getSampleRate() });
  return context.decodeAudioData(await file.arrayBuffer());
}
