import { OnsetDetector, onsetLead } from '../src/dsp/live/OnsetDetector.ts';
import type { SpectrogramLayout } from '../src/dsp/transform/StftLayout.ts';
import { supportOf } from '../src/dsp/transform/window.ts';
import type { ProcessorMessage } from '../src/protocol/processor.ts';

/** Looks for onsets and tells the main thread of them, each by a message. Audio thread; allocates nothing else. */
export class OnsetReport {
  readonly #detector: OnsetDetector;
  readonly #message = { type: 'onset', time: 0, component: 0, strength: 0 } satisfies ProcessorMessage;
  /** Seconds from the middle of a frame's synthesis support to an onset that the frame tells. */
  readonly #offset: number;
  #levels: Float32Array | undefined;

  /** @param latency samples from input to output */
  constructor(components: number, layout: SpectrogramLayout, latency: number, port: MessagePort) {
    this.#offset = (supportOf(layout) / 2 - onsetLead(layout, latency)) / layout.sampleRate;
    this.#detector = new OnsetDetector(components, layout, (component, strength) => {
      this.#message.component = component;
      this.#message.strength = strength;
      port.postMessage(this.#message);
    });
  }

  /**
   * The next frame.
   *
   * @param levels of the model in force, which tell it from others
   * @param time at which the middle of the frame's synthesis support is heard, in seconds
   */
  add(levels: Float32Array | undefined, amplitudes: Float32Array, time: number): void {
    if (levels !== this.#levels) this.#detector.restart(levels);
    this.#levels = levels;
    this.#message.time = time + this.#offset;
    this.#detector.next(amplitudes);
  }
}
