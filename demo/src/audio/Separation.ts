import {
  type LearnOptions,
  type LearnResult,
  type LearnSource,
  type NMFModel,
  NMFSeparatorNode,
} from 'nmf-separator-node';
import type { Settings } from '../page/settings.ts';
import { Grouping } from './Grouping.ts';
import type { Mixer } from './Mixer.ts';
import { SCRIPTS } from './scripts.ts';

/** The separator node, connected from the source to the mixer, and the grouping of its components. */
export class Separation {
  readonly node: NMFSeparatorNode;
  readonly #input: AudioNode;
  #grouping: Grouping | null = null;
  /** Groupings of the models that `regroup` made. Any other model has no groups. */
  readonly #groupings = new WeakMap<NMFModel, Grouping>();
  #learning: AbortController | null = null;

  constructor(input: AudioNode, mixer: Mixer, { components, divergence, latencyHint }: Settings) {
    this.#input = input;
    this.node = new NMFSeparatorNode(input.context as AudioContext, {
      components,
      divergence,
      latencyHint,
      ...SCRIPTS,
    });
    // Subscribe first: later subscribers to `model$` read `grouping`, which must already match the model.
    this.node.model$.subscribe((model) => {
      this.#grouping = model && (this.#groupings.get(model) ?? new Grouping(model));
    });
    input.connect(this.node);
    for (const [k, channel] of mixer.channels.entries()) this.node.connect(channel.input, k);
  }

  /** null without a model */
  get grouping(): Grouping | null {
    return this.#grouping;
  }

  /** Merges or splits components. `grouping` changes once the node uses the new model. */
  async regroup(grouping: Grouping): Promise<void> {
    const { model } = grouping;
    this.#groupings.set(model, grouping);
    await this.node.setModel(model);
  }

  /**
   * @param source  undefined: the rolling spectrogram, the last ten seconds of input
   * @throws {AbortError} (as a rejection) after `cancel`, or when `learn` is called again
   */
  async learn(source: LearnSource | undefined, options: LearnOptions): Promise<LearnResult> {
    this.cancel();
    const controller = new AbortController();
    this.#learning = controller;
    const { signal } = controller;
    return this.node.learn(source, { ...options, signal }).catch((cause) => {
      // `dispose` also aborts. Reject with the AbortError, not with the node's error about having been disposed.
      throw signal.aborted ? signal.reason : cause;
    });
  }

  /** Aborts the running `learn`. The current model stays in use. */
  cancel(): void {
    this.#learning?.abort();
    this.#learning = null;
  }

  dispose(): void {
    this.cancel();
    this.#input.disconnect(this.node);
    this.node.dispose();
  }
}
