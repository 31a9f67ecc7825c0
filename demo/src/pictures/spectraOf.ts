import { animationFrames, Observable } from 'rxjs';

/** Samples, the node's default fftSize */
const FRAME = 2048;
/** Converts magnitudes under the AnalyserNode's Blackman window (coherent gain 0.42) to a Hann window (0.5). */
const TO_HANN = 0.5 / 0.42;

/** The magnitude spectrum of any audio node on each animation frame, in the units of the separator's `spectrogram$`. */
export function spectraOf(node: AudioNode): Observable<{ time: number; magnitudes: Float32Array }> {
  const { context } = node;
  return new Observable((subscriber) => {
    const analyser = new AnalyserNode(context, { fftSize: FRAME, smoothingTimeConstant: 0 });
    node.connect(analyser);
    const decibels = new Float32Array(analyser.frequencyBinCount);
    const magnitudes = new Float32Array(analyser.frequencyBinCount + 1);
    const frames = animationFrames().subscribe(() => {
      if (context.state !== 'running') return;
      analyser.getFloatFrequencyData(decibels);
      for (let f = 0; f < decibels.length; f++) magnitudes[f] = TO_HANN * FRAME * 10 ** (decibels[f] / 20);
      subscriber.next({ time: context.currentTime, magnitudes });
    });
    return () => {
      frames.unsubscribe();
      node.disconnect(analyser);
    };
  });
}
