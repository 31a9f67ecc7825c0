import { LONGEST } from './settings.ts';
import type { Clip } from './worker/FactorizationWorker.ts';

/** The mean of the channels, of the first seconds. */
export function clipSamples(buffer: AudioBuffer): Clip {
  const { sampleRate, numberOfChannels } = buffer;
  const samples = new Float32Array(Math.min(buffer.length, LONGEST * sampleRate));
  for (let c = 0; c < numberOfChannels; c++) {
    const channel = buffer.getChannelData(c);
    for (let n = 0; n < samples.length; n++) samples[n] += channel[n] / numberOfChannels;
  }
  return { samples, sampleRate };
}
