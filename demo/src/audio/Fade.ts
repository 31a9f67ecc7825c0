import { rendered } from './rendered.ts';

/** Seconds. Long enough not to click, short enough to feel immediate. */
const TIME_CONSTANT = 0.005;
/** Seconds after which a change counts as done: (1 + 10) · e⁻¹⁰ of it remains, −66 dB. */
const DURATION = 10 * TIME_CONSTANT;

/**
 * The value of a parameter, changed without a click. The audio graph makes the shape of the change: a critically damped
 * low-pass filter smooths the step of a constant source. A command that arrives late on a busy machine starts the same
 * change later, whereas automation that is scheduled for a time jumps once that time has passed.
 */
export class Fade {
  readonly #context: BaseAudioContext;
  readonly #step: ConstantSourceNode;
  readonly #filter: IIRFilterNode;

  /** The parameter starts at 0, and changes to `value` at once. */
  constructor(context: BaseAudioContext, parameter: AudioParam, value = 0) {
    this.#context = context;
    const pole = Math.exp(-1 / (TIME_CONSTANT * context.sampleRate));
    this.#filter = new IIRFilterNode(context, {
      feedforward: [(1 - pole) ** 2],
      feedback: [1, -2 * pole, pole ** 2],
    });
    this.#step = new ConstantSourceNode(context, { offset: value });
    // What is connected to a parameter is added to its own value.
    parameter.value = 0;
    this.#step.connect(this.#filter).connect(parameter);
    this.#step.start();
  }

  /** Starts a change, also during another one. */
  set(value: number): void {
    this.#step.offset.value = value;
  }

  /** Resolves when the parameter has the value in the audio thread, or when the context does not run. */
  to(value: number): Promise<void> {
    this.set(value);
    return rendered(DURATION, this.#context);
  }

  /** Ends the constant source, which would play for ever. */
  dispose(): void {
    this.#step.stop();
    this.#filter.disconnect();
  }
}
