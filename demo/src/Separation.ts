import { type Divergence, type LearnSource, NMFSeparatorNode } from 'nmf-separator-node';
import type { Mixer } from './Mixer.ts';
import type { Settings } from './settings.ts';

/** The files beside the page, so that its Content-Security-Policy need not allow `blob:`. */
const SCRIPTS = { workletUrl: 'worklet.js', workerUrl: 'worker.js' };

/** Random starts of which the best is kept: fewer than the package's four, since somebody is waiting. */
const RESTARTS = 2;

/** The separator between a source and a mixer. */
export class Separation {
  readonly node: NMFSeparatorNode;
  readonly #input: AudioNode;
  #learning: AbortController | null = null;

  constructor(input: AudioNode, mixer: Mixer, { components, divergence, latencyHint }: Settings) {
    this.#input = input;
    this.node = new NMFSeparatorNode(input.context as AudioContext, {
      components,
      divergence,
      latencyHint,
      ...SCRIPTS,
    });
    input.connect(this.node);
    for (const [k, channel] of mixer.channels.entries()) this.node.connect(channel.input, k);
  }

  /**
   * @param source  nothing: what was heard in the last ten seconds
   * @throws {AbortError} (as a rejection) after `cancel`, or when another learning begins
   */
  async learn(source: LearnSource | undefined, divergence: Divergence): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#learning = controller;
    const { signal } = controller;
    await this.node.learn(source, { divergence, restarts: RESTARTS, signal }).catch((cause) => {
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
