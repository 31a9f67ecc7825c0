/** A sound that plays until `stop` is called. */
export interface Source {
  readonly title: string;
  readonly node: AudioNode;
  /** Whether it picks up the loudspeakers. If so, it is only played when the user asks for it. */
  readonly feedsBack: boolean;
  /** Of a live source */
  readonly track?: MediaStreamTrack;
  /** Resolves when a live source ends by itself: unplugged, or no longer shared. */
  readonly ended?: Promise<void>;
  stop(): void;
}

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
    feedsBack,
    track: audio,
    ended: new Promise((resolve) => {
      // Not fired when the page itself stops the track.
      audio.addEventListener('ended', () => resolve(), { once: true });
    }),
    stop: () => {
      for (const track of tracks) track.stop();
    },
  };
}

/** Browsers process microphone input for phone calls. That changes the spectra over time, and so the learned templates. */
export const UNPROCESSED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
