/** A sound that plays until it is stopped. */
export interface Source {
  readonly title: string;
  readonly node: AudioNode;
  /** The whole recording, where there is one to learn from. */
  readonly clip: AudioBuffer | null;
  /** Whether it would hear the loudspeakers: then it is not played unless the listener asks. */
  readonly feedsBack: boolean;
  /** Resolves when a live source ends by itself: unplugged, or no longer shared. */
  readonly ended?: Promise<void>;
  stop(): void;
}

/** Plays what a microphone or another program delivers. */
export function liveSource(
  title: string,
  stream: MediaStream,
  context: AudioContext,
  { feedsBack }: Pick<Source, 'feedsBack'>,
): Source {
  const tracks = stream.getTracks();
  const [audio] = stream.getAudioTracks();
  return {
    title,
    node: context.createMediaStreamSource(stream),
    clip: null,
    feedsBack,
    ended: new Promise((resolve) => {
      // Not told of a track that the page itself stops.
      audio.addEventListener('ended', () => resolve(), { once: true });
    }),
    stop: () => {
      for (const track of tracks) track.stop();
    },
  };
}

/**
 * Music is no telephone call: what browsers do to speech bends spectra, and NMF would learn the bending.
 */
export const UNPROCESSED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
