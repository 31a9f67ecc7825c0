import {
  MASK_EXPONENT,
  PROCESSOR_NAME,
  type ProcessorCommand,
  type ProcessorMessage,
  type ProcessorSetup,
} from '../src/protocol/protocol.ts';
import { LiveSeparation } from './LiveSeparation.ts';

/** What the browser's audio thread calls, and what obeys the node. */
class SeparatorProcessor extends AudioWorkletProcessor {
  static get parameterDescriptors(): AudioParamDescriptor[] {
    // A ConstantSourceNode of the main thread drives it, and that adds to the value here.
    return [{ name: MASK_EXPONENT, defaultValue: 0, automationRate: 'k-rate' }];
  }

  /** null once the node is disposed of: WebKit keeps processors for ever, and what they hold with them. */
  #separation: LiveSeparation | null;

  constructor({ processorOptions }: { processorOptions: ProcessorSetup }) {
    super();
    this.#separation = new LiveSeparation(processorOptions, this.port);
    this.port.onmessage = ({ data }: MessageEvent<ProcessorCommand>) => this.#obey(data);
  }

  /** Audio thread; never locks, waits or throws. */
  override process(
    inputs: Float32Array[][],
    outputs: Float32Array[][],
    parameters: Record<string, Float32Array>,
  ): boolean {
    if (!this.#separation) return false;
    this.#separation.process(inputs[0], outputs, parameters[MASK_EXPONENT][0]);
    return true;
  }

  /** Between quanta: may allocate. */
  #obey(command: ProcessorCommand): void {
    switch (command.type) {
      case 'model':
        this.#separation?.setModel(command.version, command.dictionary);
        break;
      case 'link':
        this.#separation?.setLink(command.end);
        break;
      case 'dispose':
        this.#separation?.release();
        this.#separation = null;
        break;
    }
    this.port.postMessage({ type: 'acknowledged', id: command.id } satisfies ProcessorMessage);
    if (!this.#separation) this.port.close();
  }
}

try {
  registerProcessor(PROCESSOR_NAME, SeparatorProcessor);
} catch {
  // Another copy of the package, of the same version, has been here: its processor serves as well.
}
