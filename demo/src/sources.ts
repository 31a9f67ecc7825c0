/** A sound that plays until it is stopped. */
export interface Source {
  readonly node: AudioNode;
  /** The whole recording, where there is one to learn from. */
  readonly clip: AudioBuffer | null;
  /** Whether loudspeakers would be heard by it: then it is not played unless the listener asks. */
  readonly feedsBack: boolean;
  stop(): void;
}

/** Plays a recording in a loop. */
export function loopOf(clip: AudioBuffer, context: AudioContext): Source {
  const node = new AudioBufferSourceNode(context, { buffer: clip, loop: true });
  node.start();
  return { node, clip, feedsBack: false, stop: () => node.stop() };
}

/**
 * Music is no telephone call: what browsers do to speech bends spectra, and NMF would learn the bending.
 */
const UNPROCESSED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** @throws {Error} saying what to do when there is no microphone, or no permission to use it */
export async function openMicrophone(context: AudioContext): Promise<Source> {
  if (!navigator.mediaDevices) throw new Error('The microphone needs a page served over https, or from localhost.');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: UNPROCESSED }).catch((cause) => {
    throw new Error(explainRefusal(cause), { cause });
  });
  const node = context.createMediaStreamSource(stream);
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return { node, clip: null, feedsBack: true, stop };
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
