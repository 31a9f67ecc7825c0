import { realTransform, type Spectrum } from './RealTransform.ts';
import { frameCount, type StftLayout } from './StftLayout.ts';
import { windowPair } from './window.ts';

/** Calls `use` with the spectrum of every frame of `stft`. The same arrays serve all frames, so no garbage is made. */
export function forEachSpectrum(
  samples: Float32Array,
  layout: StftLayout,
  pad: boolean,
  use: (t: number, spectrum: Spectrum) => void,
): void {
  const { fftSize, hopSize, window } = layout;
  const frames = frameCount(samples.length, layout, pad);
  const { analysis } = windowPair(window, fftSize);
  const transform = realTransform(fftSize);
  const { signals, spectra } = transform;
  const cut = (t: number, frame: Float32Array) => {
    const start = t * hopSize - (pad ? fftSize / 2 : 0);
    for (let n = 0; n < fftSize; n++) frame[n] = t < frames ? analysis[n] * (samples[start + n] ?? 0) : 0;
  };
  for (let t = 0; t < frames; t += 2) {
    cut(t, signals[0]);
    cut(t + 1, signals[1]);
    transform.forward();
    use(t, spectra[0]);
    if (t + 1 < frames) use(t + 1, spectra[1]);
  }
}
