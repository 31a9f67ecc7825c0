import { decibelsOf } from './decibels.ts';

/** Samples that a reading covers, 93 ms at 44.1 kHz: longer than between two frames, so that no peak is missed. */
const WINDOW = 4096;
const CHANNELS = 2;

/** In dB re full scale, of the louder channel; −Infinity for silence */
export interface Reading {
  /** Mean-square level */
  readonly level: number;
  /** The largest sample */
  readonly peak: number;
}

/** Measures what a node plays, each channel for itself: averaged, a channel that clips would not be noticed. */
export class LevelReader {
  readonly #node: AudioNode;
  readonly #splitter: ChannelSplitterNode;
  readonly #analysers: readonly AnalyserNode[];
  readonly #samples = new Float32Array(WINDOW);

  constructor(node: AudioNode) {
    const { context } = node;
    this.#node = node;
    this.#splitter = new ChannelSplitterNode(context, { numberOfOutputs: CHANNELS });
    this.#analysers = Array.from({ length: CHANNELS }, (_, channel) => {
      const analyser = new AnalyserNode(context, { fftSize: WINDOW });
      this.#splitter.connect(analyser, channel);
      return analyser;
    });
    node.connect(this.#splitter);
  }

  read(): Reading {
    let [energy, peak] = [0, 0];
    for (const analyser of this.#analysers) {
      analyser.getFloatTimeDomainData(this.#samples);
      let sum = 0;
      for (const sample of this.#samples) {
        sum += sample * sample;
        peak = Math.max(peak, Math.abs(sample));
      }
      energy = Math.max(energy, sum);
    }
    return { level: decibelsOf(Math.sqrt(energy / WINDOW)), peak: decibelsOf(peak) };
  }

  dispose(): void {
    try {
      this.#node.disconnect(this.#splitter);
    } catch {
      // The page has disconnected that node from everything already.
    }
  }
}
