/** Below this a sound counts as silence, in dB; at 0 dB the meter is full. */
const FLOOR = -60;

/**
 * Measures what a context plays: everything passes through a node that stands in the place of its destination.
 * @param onLevel  is told the level, from 0 to 1, once a frame of the screen
 * @param signal  ends it
 */
export function meter(context: AudioContext, onLevel: (level: number) => void, signal: AbortSignal): void {
  const { destination } = context;
  const heard = new GainNode(context);
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  heard.connect(analyser);
  heard.connect(destination);
  Object.defineProperty(context, 'destination', { value: heard });
  const samples = new Float32Array(analyser.fftSize);
  requestAnimationFrame(measure);

  function measure(): void {
    if (signal.aborted) return;
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-12);
    onLevel(Math.min(1, Math.max(0, 1 - decibels / FLOOR)));
    requestAnimationFrame(measure);
  }
}
