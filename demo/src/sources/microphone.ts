import { liveSource, type Source, UNPROCESSED } from './Source.ts';

/**
 * @param deviceId  '' for the system's choice
 * @throws {Error} when there is no microphone or no permission; the message says what to do
 */
export async function openMicrophone(title: string, context: AudioContext, deviceId: string): Promise<Source> {
  if (!navigator.mediaDevices) throw new Error('The microphone needs a page served over https, or from localhost.');
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: deviceId ? { ...UNPROCESSED, deviceId: { exact: deviceId } } : UNPROCESSED })
    .catch((cause) => {
      throw new Error(explainRefusal(cause), { cause });
    });
  return liveSource(title, stream, context, { feedsBack: true });
}

function explainRefusal(cause: unknown): string {
  switch (cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
      return 'The microphone was refused. Allow it in the address bar, then press Microphone again.';
    case 'NotFoundError':
      return 'No microphone was found. Plug one in, then press Microphone again.';
    case 'NotReadableError':
      return 'Another program holds the microphone. Close it, then press Microphone again.';
    default:
      return `The microphone could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
