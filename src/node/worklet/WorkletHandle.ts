import type { NMFModel } from '../../model/NMFModel.ts';
import { MASK_EXPONENT_PARAM, PROCESSOR_NAME, type ProcessorSetup } from '../../protocol/processor.ts';
import type { MakeWorkletNode } from '../context/contextFamily.ts';
import type { Settings } from '../options/resolveOptions.ts';
import { ProcessorHandle, type ProcessorListener } from './ProcessorHandle.ts';

/** The audio nodes around the worklet, made by the node that owns it. */
export interface Wiring {
  /** Connects the input to the worklet. */
  connectInput(worklet: AudioNode): void;
  disconnectInput(): void;
  readonly exponent: ConstantSourceNode;
  /** Called with every model that comes into force. */
  followModel(model: NMFModel | null): void;
  readonly outputs: readonly GainNode[];
  /** Where all outputs of the worklet add up. */
  readonly dry: GainNode;
  /** Called after every change of state, and when the processor throws. */
  dispatch(event: Event): void;
}

export interface WorkletOptions extends ProcessorListener {
  readonly settings: Settings;
  readonly wiring: Wiring;
  /** The context whose nodes are wired inside. */
  readonly context: BaseAudioContext;
  readonly shared: SharedArrayBuffer | null;
  /** Samples that an offline context renders; null for a live one. */
  readonly length: number | null;
  /** Of the node. */
  readonly life: AbortSignal;
  readonly onError: (event: ErrorEvent) => void;
}

/** The worklet node of a separator, wired to its outputs, and the line to its processor. Main thread. */
export class WorkletHandle {
  readonly processor: ProcessorHandle;
  readonly #worklet: AudioWorkletNode;
  readonly #wiring: Wiring;

  constructor(makeNode: MakeWorkletNode, options: WorkletOptions) {
    const { settings, wiring, context, shared, length, life, onError } = options;
    const { layout, components, channelCount: channels, activation, quantumSize, historyFrames } = settings;
    const setup: ProcessorSetup = {
      layout,
      components,
      channels,
      activation,
      quantumSize,
      historyFrames,
      shared,
      length,
    };
    const worklet = makeNode(PROCESSOR_NAME, {
      numberOfInputs: 1,
      numberOfOutputs: components,
      outputChannelCount: new Array(components).fill(channels),
      channelCount: channels,
      channelCountMode: 'explicit',
      processorOptions: setup,
    });
    this.#worklet = worklet;
    this.#wiring = wiring;
    // Workaround 3: Chromium calls the event 'error', so only the handler hears it in every engine.
    worklet.onprocessorerror = (event) => onError(event as ErrorEvent);
    wiring.exponent.connect(worklet.parameters.get(MASK_EXPONENT_PARAM)!);
    wiring.outputs.forEach((output, k) => {
      worklet.connect(output, k);
      worklet.connect(wiring.dry, k);
    });
    keepRunning(worklet, context);
    this.processor = new ProcessorHandle(worklet.port, life, options);
  }

  /** Lets the input through. */
  connectInput(): void {
    this.#wiring.connectInput(this.#worklet);
  }

  release(): void {
    this.processor.dispose(this.#worklet.context.state !== 'closed');
    this.#worklet.onprocessorerror = null;
    this.#worklet.disconnect();
  }
}

/**
 * Workaround 2: Chromium and WebKit do not run a worklet whose outputs lead nowhere, but activations are wanted even where
 * no component is heard.
 */
function keepRunning(worklet: AudioWorkletNode, context: BaseAudioContext): void {
  const mute = context.createGain();
  mute.gain.value = 0;
  worklet.connect(mute).connect(context.destination);
}
