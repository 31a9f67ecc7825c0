import { warmUp } from '../src/dsp/live/warmUp.ts';
import {
  MASK_EXPONENT_PARAM,
  type ModelMessage,
  PROCESSOR_NAME,
  type ProcessorCommand,
  type ProcessorMessage,
  type ProcessorSetup,
  type WorkletEnd,
} from '../src/protocol/processor.ts';
import { LiveSeparation } from './LiveSeparation.ts';

/** The worker loads this file too, and has no such class. */
const Processor = typeof AudioWorkletProcessor === 'function' ? AudioWorkletProcessor : (Object as never);

/** What the browser's audio thread calls. Commands come from the node, models from the worker. */
class SeparatorProcessor extends Processor {
  static get parameterDescriptors(): AudioParamDescriptor[] {
    // A ConstantSourceNode of the main thread drives it, and that adds to the value here.
    return [{ name: MASK_EXPONENT_PARAM, defaultValue: 0, automationRate: 'k-rate' }];
  }

  /** null once the node is disposed of: WebKit keeps processors for ever, and what they hold with them. */
  #separation: LiveSeparation | null;
  /** Where models come from. */
  #models: MessagePort | null = null;
  /** The time at which an offline context has rendered, in samples. */
  #end: number;

  constructor({ processorOptions }: { processorOptions: ProcessorSetup }) {
    super();
    this.#separation = new LiveSeparation(processorOptions, this.port);
    this.#end = processorOptions.length ?? Number.POSITIVE_INFINITY;
    this.port.onmessage = ({ data }: MessageEvent<ProcessorCommand>) => this.#onCommand(data);
  }

  /** Audio thread; never locks, waits or throws. */
  override process(
    inputs: Float32Array[][],
    outputs: Float32Array[][],
    parameters: Record<string, Float32Array>,
  ): boolean {
    if (!this.#separation) return false;
    this.#separation.process(inputs[0], outputs, parameters[MASK_EXPONENT_PARAM]);
    if (Number(currentFrame) + outputs[0][0].length >= this.#end) this.#tellEnd();
    return true;
  }

  /** Audio thread, once, at the end of an offline rendering. */
  #tellEnd(): void {
    this.#end = Number.POSITIVE_INFINITY;
    this.port.postMessage({ type: 'rendered' } satisfies ProcessorMessage);
  }

  /** Between quanta: may allocate. */
  #onCommand(command: ProcessorCommand): void {
    if (command.type === 'link') this.#setLink(command.end);
    else if (command.type === 'watchOnsets') this.#separation?.watchOnsets(command.watched);
    else if (command.type === 'adapt') this.#separation?.adapt(command.adaptation);
    else this.#release();
    this.#acknowledge(command.id);
    if (!this.#separation) this.port.close();
    // The node is ready meanwhile.
    else if (command.type === 'link') warmUp();
  }

  /** Between quanta: may allocate. */
  #onModel({ id, version, dictionary }: ModelMessage) {
    if (id === null) return this.#separation?.putIntoForce(version, dictionary);
    this.#separation?.setModel(version, dictionary);
    this.#acknowledge(id);
  }

  #setLink({ frames, models }: WorkletEnd): void {
    this.#separation?.setLink(frames);
    this.#models?.close();
    this.#models = models;
    models.onmessage = ({ data }: MessageEvent<ModelMessage>) => this.#onModel(data);
  }

  #release(): void {
    this.#separation?.release();
    this.#separation = null;
    if (this.#models) this.#models.onmessage = null;
    this.#models?.close();
    this.#models = null;
  }

  #acknowledge(id: number): void {
    this.port.postMessage({ type: 'acknowledged', id } satisfies ProcessorMessage);
  }
}

/** What a worklet's thread does when it starts. */
export function registerSeparator(): void {
  try {
    registerProcessor(PROCESSOR_NAME, SeparatorProcessor);
  } catch {
    // Another copy of the package, of the same version, has been here: its processor serves as well.
  }
}
