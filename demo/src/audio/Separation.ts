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

/** The separator between a source and a mixer. */
export class Separation {
  readonly node: NMFSeparatorNode;
  readonly #input: AudioNode;
  #grouping: Grouping | null = null;
  /** Of the models that were grouped here; all others were learned just so. */
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
    // Before anyone else can subscribe, so that a model and its groups always belong together.
    this.node.model$.subscribe((model) => {
      this.#grouping = model && (this.#groupings.get(model) ?? new Grouping(model));
    });
    input.connect(this.node);
    for (const [k, channel] of mixer.channels.entries()) this.node.connect(channel.input, k);
  }

  /** Nothing until something is learned. */
  get grouping(): Grouping | null {
    return this.#grouping;
  }

  /** Puts components together, or apart again, as soon as the node has them so. */
  async regroup(grouping: Grouping): Promise<void> {
    const { model } = grouping;
    this.#groupings.set(model, grouping);
    await this.node.setModel(model);
  }

  /**
   * @param source  nothing: what was heard in the last ten seconds
   * @throws {AbortError} (as a rejection) after `cancel`, or when another learning begins
   */
  async learn(source: LearnSource | undefined, options: LearnOptions): Promise<LearnResult> {
    this.cancel();
    const controller = new AbortController();
    this.#learning = controller;
    const { signal } = controller;
    return this.node.learn(source, { ...options, signal }).catch((cause) => {
      // A node that is disposed of meanwhile would complain of that; the listener has only moved on.
      throw signal.aborted ? signal.reason : cause;
    });
  }

  /** Ends the learning that runs; the components sound on as they are. */
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
