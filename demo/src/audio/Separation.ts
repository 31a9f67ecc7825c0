import {
  type LearnOptions,
  type LearnResult,
  type LearnSource,
  type NMFModel,
  NMFSeparatorNode,
} from 'nmf-separator-node';
import { nodeOptionsOf, type Settings } from '../state/settings.ts';
import { Grouping, type Origin, type Recipe } from './Grouping.ts';
import { Mixer, type MixSettings } from './Mixer.ts';
import { SCRIPTS } from './scripts.ts';

/** Where a separation is connected, and how it starts. */
export interface SeparationParts {
  readonly input: AudioNode;
  readonly destination: AudioNode;
  readonly settings: Settings;
  readonly mix: MixSettings;
}

/** Where a model comes from, and by what it can be learned again, if it can. */
export interface Lineage {
  readonly origin: Origin;
  readonly recipe?: Recipe | null;
}

/** The separator node between the source and a mixer of its own, and the grouping of its components. */
export class Separation {
  readonly node: NMFSeparatorNode;
  readonly mixer: Mixer;
  readonly settings: Settings;
  readonly #input: AudioNode;
  #grouping: Grouping | null = null;
  /** Groupings of the models that `use` put into force. Any other model has no groups. */
  readonly #groupings = new WeakMap<NMFModel, Grouping>();
  #learning: AbortController | null = null;
  /** Of the model that is being learned */
  #lineage: Lineage = { origin: 'clip' };

  /** Silent until its mixer is opened. */
  constructor({ input, destination, settings, mix }: SeparationParts) {
    this.#input = input;
    this.settings = settings;
    this.node = new NMFSeparatorNode(input.context as AudioContext, { ...nodeOptionsOf(settings), ...SCRIPTS });
    this.mixer = new Mixer(this.node, destination, mix);
    // Subscribe first: later subscribers to `model$` read `grouping`, which must already match the model.
    this.node.model$.subscribe((model) => {
      this.#grouping = model && this.#groupingOf(model);
    });
    input.connect(this.node);
  }

  /** null without a model */
  get grouping(): Grouping | null {
    return this.#grouping;
  }

  /**
   * Puts a model and its groups into force, converted if they were made for a node of another shape. `grouping` changes once
   * the node uses it.
   */
  async use(grouping: Grouping): Promise<void> {
    const fitting = grouping.convertedFor(this.node).limitedTo(this.settings.components);
    const { model } = fitting;
    this.#groupings.set(model, fitting);
    await this.node.setModel(model);
  }

  /**
   * @param lineage  for the grouping that comes of it
   * @param source  undefined: the rolling spectrogram, the last ten seconds of input
   * @throws {AbortError} (as a rejection) after `cancel`, or when `learn` is called again
   */
  async learn(lineage: Lineage, source: LearnSource | undefined, options: LearnOptions): Promise<LearnResult> {
    this.cancel();
    const controller = new AbortController();
    this.#learning = controller;
    this.#lineage = lineage;
    const { signal } = controller;
    try {
      return await this.node.learn(source, { ...options, signal });
    } catch (cause) {
      // `dispose` also aborts. Reject with the AbortError, not with the node's error about having been disposed.
      throw signal.aborted ? signal.reason : cause;
    } finally {
      if (this.#learning === controller) this.#learning = null;
    }
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
    this.mixer.dispose();
  }

  #groupingOf(model: NMFModel): Grouping {
    const known = this.#groupings.get(model);
    if (known) return known;
    const follows = this.node.adapting && !this.#learning;
    if (follows && this.#grouping) return this.#grouping.followedBy(model);
    const { origin, recipe = null } = this.#lineage;
    return new Grouping(model, origin, { recipe });
  }
}
