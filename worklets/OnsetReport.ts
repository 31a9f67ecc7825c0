import { OnsetDetector, onsetLead } from '../src/dsp/live/OnsetDetector.ts';
import type { SpectrogramLayout } from '../src/dsp/transform/StftLayout.ts';
import { supportOf } from '../src/dsp/transform/window.ts';
import type { ProcessorMessage } from '../src/protocol/processor.ts';

/** Looks for onsets and tells the main thread of them, each by a message. Audio thread; allocates nothing else. */
export class OnsetReport {
  readonly #detector: OnsetDetector;
  #levels: Float32Array | undefined;
  /** The frame in hand. */
  #sequence = 0;

  /**
   * @param latency samples from input to output
   * @param timeOf tells when the middle of a frame's synthesis support is heard, in seconds
   */
  constructor(
    components: number,
    layout: SpectrogramLayout,
    latency: number,
    port: MessagePort,
    timeOf: (sequence: number) => number,
  ) {
    /** Seconds from there to an onset that the frame tells. */
    const offset = (supportOf(layout) / 2 - onsetLead(layout, latency)) / layout.sampleRate;
    const message = { type: 'onset', time: 0, component: 0, strength: 0 } satisfies ProcessorMessage;
    this.#detector = new OnsetDetector(components, layout, (component, strength) => {
      message.time = timeOf(this.#sequence) + offset;
      message.component = component;
      message.strength = strength;
      port.postMessage(message);
    });
  }

  /**
   * The next frame.
   *
   * @param levels of the model in force, which tell it from others
   */
  add(sequence: number, levels: Float32Array | undefined, amplitudes: Float32Array): void {
    if (levels !== this.#levels) this.#detector.restart(levels);
    this.#levels = levels;
    this.#sequence = sequence;
    this.#detector.next(amplitudes);
  }
}
