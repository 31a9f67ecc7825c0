/** Seconds. Long enough not to click. */
const DURATION = 0.01;

/** Lets a sound that starts in the middle of a recording rise from silence. */
export function fadeIn(buffer: AudioBuffer): void {
  const frames = Math.round(DURATION * buffer.sampleRate);
  for (let c = 0; c < buffer.numberOfChannels; c++) {
    const samples = buffer.getChannelData(c);
    for (let n = 0; n < Math.min(frames, samples.length); n++) samples[n] *= (1 - Math.cos((Math.PI * n) / frames)) / 2;
  }
}
