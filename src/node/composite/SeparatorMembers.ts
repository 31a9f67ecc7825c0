import type { NMFModel } from '../../model/NMFModel.ts';
import type { NMFModelJSON } from '../../model/NMFModelJSON.ts';
import type { LearnSource } from '../clips/plainClip.ts';
import { invalidState } from '../errors.ts';
import type { NMFSeparatorNode } from '../NMFSeparatorNode.ts';
import type { LearnOptions } from '../options/optionTypes.ts';
import { partsOf } from './parts.ts';

/** What a separator node has beyond, or otherwise than, the GainNode that it extends. */
type OwnMembers = Omit<
  NMFSeparatorNode,
  Exclude<keyof AudioNode, 'numberOfInputs' | 'numberOfOutputs' | 'connect' | 'disconnect'>
>;

/**
 * The members of every separator node, of whatever family of contexts: their descriptors are copied into the class of each
 * family. They keep nothing themselves, and find the node's parts by `this`.
 */
export class SeparatorMembers implements OwnMembers {
  get numberOfInputs() {
    return 1 as const;
  }

  get numberOfOutputs() {
    return partsOf(this).outputs.nodes.length;
  }

  /**
   * Not exposed: it would break the promise that the components add up to the input. Workaround 1:
   * standardized-audio-context walks over the `gain` of every node that it takes for a GainNode, so its composites
   * show the gain of a node that nothing is connected to.
   */
  get gain() {
    return partsOf(this).idleGain;
  }

  get ready() {
    return partsOf(this).ready;
  }

  get components() {
    return partsOf(this).outputs.nodes;
  }

  get maskExponent() {
    return partsOf(this).maskExponent;
  }

  get fftSize() {
    return partsOf(this).separator.settings.layout.fftSize;
  }

  get hopSize() {
    return partsOf(this).separator.settings.layout.hopSize;
  }

  get window() {
    return partsOf(this).separator.settings.layout.window;
  }

  get activation() {
    return partsOf(this).separator.settings.activation;
  }

  get latency() {
    return partsOf(this).separator.latency;
  }

  get model() {
    return partsOf(this).separator.model;
  }

  get activations() {
    return partsOf(this).separator.streams.newest;
  }

  get statistics() {
    return { ...partsOf(this).separator.streams.statistics };
  }

  get state() {
    return partsOf(this).separator.state;
  }

  get state$() {
    return partsOf(this).separator.streams.state.changes$;
  }

  get model$() {
    return partsOf(this).separator.streams.model.changes$;
  }

  get progress$() {
    return partsOf(this).separator.streams.progress$;
  }

  get activations$() {
    return partsOf(this).separator.streams.activations$;
  }

  get spectrogram$() {
    return partsOf(this).separator.streams.frames$;
  }

  get error$() {
    return partsOf(this).separator.streams.errors$;
  }

  learn(source?: LearnSource, options?: LearnOptions) {
    return partsOf(this).separator.learn(source, options);
  }

  setModel(model: NMFModel | NMFModelJSON | null) {
    return partsOf(this).separator.setModel(model);
  }

  spectrogram() {
    return partsOf(this).separator.spectrogram();
  }

  // biome-ignore lint/suspicious/noExplicitAny: one implementation of the overloads of AudioNode.connect
  connect(destination: any, output?: number, input?: number): any {
    const { separator, outputs } = partsOf(this);
    if (separator.state === 'disposed') throw invalidState('The node has been disposed of.');
    return outputs.connect(destination, output, input);
  }

  // biome-ignore lint/suspicious/noExplicitAny: one implementation of the overloads of AudioNode.disconnect
  disconnect(destinationOrOutput?: any, output?: number, input?: number): void {
    const { separator, outputs } = partsOf(this);
    if (separator.state === 'disposed') return;
    outputs.disconnect(destinationOrOutput, output, input);
  }

  dispose(): void {
    const { separator, outputs } = partsOf(this);
    if (separator.state === 'disposed') return;
    outputs.disconnect();
    separator.dispose();
  }
}
