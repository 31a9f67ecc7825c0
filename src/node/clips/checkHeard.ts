import type { Spectrogram } from '../../dsp/learning/clips.ts';

/** Less sound than this teaches nothing that lasts. */
const LEAST_SECONDS = 1;

/** @throws {RangeError} for a rolling spectrogram with less than a second of sound, saying how much was heard */
export function checkHeard(spectrogram: Spectrogram): void {
  const heard = secondsOfSound(spectrogram);
  if (heard >= LEAST_SECONDS) return;
  throw new RangeError(
    `source: ${heard.toFixed(2)} seconds of sound were heard so far, silence not counted; at least ${LEAST_SECONDS} second is needed to learn from.`,
  );
}

/** Seconds in which a spectrogram is not silent. */
function secondsOfSound({ magnitudes, frames, bins, hopSize, sampleRate }: Spectrogram): number {
  let sounding = 0;
  for (let t = 0; t < frames; t++) {
    if (magnitudes.subarray(t * bins, (t + 1) * bins).some((value) => value > 0)) sounding++;
  }
  return (sounding * hopSize) / sampleRate;
}
