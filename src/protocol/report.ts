/**
 * What the processor tells the main thread about every masked frame, in one array that is made once: the fields below by
 * index, then the K activations, then the K levels.
 */
export const REPORT = {
  /** Context time in seconds at which the middle of the frame's synthesis support is heard. */
  time: 0,
  framesIn: 1,
  framesActivated: 2,
  lateFrames: 3,
  nonFiniteSamples: 4,
  /** Share of the time between two hops that worklet and worker spend. */
  load: 5,
  /** Frames of sound in the rolling spectrogram. */
  soundingFrames: 6,
  activations: 7,
} as const;
