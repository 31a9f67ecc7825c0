import { liveSource, type Source, UNPROCESSED } from './Source.ts';

/** What the shared tab itself plays is muted where the browser can do that, so that only the components are heard. */
const SHARED_AUDIO = { ...UNPROCESSED, suppressLocalAudioPlayback: true };

/** Whether this browser lets a page hear other tabs or the system; phones do not. */
export function canShareSound(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** @throws {Error} saying what to do when nothing, or nothing with sound, is shared */
export async function openSharedSound(title: string, context: AudioContext): Promise<Source> {
  // Browsers share sound with a picture only; nobody looks at it.
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: SHARED_AUDIO }).catch((cause) => {
    throw new Error('Nothing was shared. Press the button again, choose a tab, and allow its sound.', { cause });
  });
  if (stream.getAudioTracks().length === 0) {
    for (const track of stream.getTracks()) track.stop();
    throw new Error('That was shared without sound. Choose a tab, and tick the box that shares its sound as well.');
  }
  const [picture] = stream.getVideoTracks();
  // A screen's sound contains this page's own.
  return liveSource(title, stream, context, { feedsBack: picture?.getSettings().displaySurface !== 'browser' });
}
