import { liveSource, type Source, UNPROCESSED } from './Source.ts';

/** Mutes the shared tab itself where the browser supports it, so that only the components are heard. */
const SHARED_AUDIO = { ...UNPROCESSED, suppressLocalAudioPlayback: true };

/** Whether the browser can capture the sound of other tabs or of the system; phones cannot. */
export function canShareSound(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** @throws {Error} when nothing was shared, or without sound; the message says what to do */
export async function openSharedSound(title: string, context: AudioContext): Promise<Source> {
  // Browsers share sound only together with video, which is not used.
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: SHARED_AUDIO }).catch((cause) => {
    throw new Error('Nothing was shared. Press the button again, choose a tab, and allow its sound.', { cause });
  });
  if (stream.getAudioTracks().length === 0) {
    for (const track of stream.getTracks()) track.stop();
    throw new Error('That was shared without sound. Choose a tab, and tick the box that shares its sound as well.');
  }
  const [picture] = stream.getVideoTracks();
  // The sound of a shared screen or window can include this page's output.
  return liveSource(title, stream, context, { feedsBack: picture?.getSettings().displaySurface !== 'browser' });
}
