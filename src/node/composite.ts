import type { NMFModel, NMFModelJSON } from '../model/NMFModel.ts';
import type { LearnOptions, LearnSource } from './clips/learnRequest.ts';
import { type AnyAudioContext, isNative, rawContextOf } from './context/contextFamily.ts';
import { invalidState } from './errors.ts';
import type { Settings } from './options/resolveOptions.ts';
import { Separator } from './Separator.ts';

/** The GainNode class of a context family. */
export type CompositeBase = new (context: BaseAudioContext, options: GainOptions) => GainNode;
type Composite = new (context: AnyAudioContext, settings: Settings) => object;

const composites = new WeakMap<CompositeBase, Composite>();
const nodes = new WeakSet<object>();

export function isSeparatorNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && nodes.has(value);
}

/** The separator node class of a context family, made once. */
export function compositeOf(Base: CompositeBase): Composite {
  let composite = composites.get(Base);
  if (!composite) {
    composite = makeComposite(Base);
    composites.set(Base, composite);
  }
  return composite;
}

/**
 * A composite can be wired at once, while its worklet still loads: the GainNode it extends is the input, and K inner
 * GainNodes are the outputs.
 */
function makeComposite(Base: CompositeBase): Composite {
  return class extends Base {
    readonly ready: Promise<this>;
    readonly components: readonly AudioNode[];
    readonly maskExponent: AudioParam;
    readonly #separator: Separator;
    readonly #outputs: readonly GainNode[];
    readonly #idleGain: AudioParam | undefined;

    constructor(context: AnyAudioContext, settings: Settings) {
      const raw = rawContextOf(context);
      super(raw, { channelCount: settings.channelCount, channelCountMode: 'explicit' });
      nodes.add(this);
      this.#outputs = Array.from({ length: settings.components }, () => raw.createGain());
      this.components = Object.freeze([...this.#outputs]);
      this.#idleGain = isNative(raw) ? undefined : raw.createGain().gain;
      const exponent = raw.createConstantSource();
      exponent.offset.value = settings.maskExponent;
      exponent.start();
      this.maskExponent = exponent.offset;
      this.#separator = new Separator(context, settings, {
        connectInput: (worklet) => super.connect(worklet),
        disconnectInput: () => super.disconnect(),
        exponent,
        outputs: this.#outputs,
        dispatch: (event) => this.dispatchEvent(event),
      });
      this.ready = this.#separator.loaded.then(() => this);
      this.ready.catch(() => {});
    }

    override get numberOfInputs(): number {
      return 1;
    }

    override get numberOfOutputs(): number {
      return this.#outputs.length;
    }

    /**
     * Not exposed: it would break the promise that the components add up to the input. Workaround 1:
     * standardized-audio-context walks over the `gain` of every node that it takes for a GainNode, so its composites
     * show the gain of a node that nothing is connected to.
     */
    override get gain(): AudioParam {
      return this.#idleGain as AudioParam;
    }

    override get channelCount(): number {
      return super.channelCount;
    }

    override set channelCount(value: number) {
      if (value !== super.channelCount)
        throw invalidState(`channelCount: it is fixed at ${super.channelCount} when the node is made.`);
    }

    override get channelCountMode(): ChannelCountMode {
      return 'explicit';
    }

    override set channelCountMode(value: ChannelCountMode) {
      if (value !== 'explicit') throw invalidState("channelCountMode: it is fixed at 'explicit'.");
    }

    get fftSize() {
      return this.#separator.settings.shape.fftSize;
    }

    get hopSize() {
      return this.#separator.settings.shape.hopSize;
    }

    get window() {
      return this.#separator.settings.shape.window;
    }

    get activation() {
      return this.#separator.settings.activation;
    }

    get latency() {
      return this.#separator.latency;
    }

    get model() {
      return this.#separator.model;
    }

    get activations() {
      return this.#separator.streams.newest;
    }

    get statistics() {
      return { ...this.#separator.streams.statistics };
    }

    get state() {
      return this.#separator.state;
    }

    get state$() {
      return this.#separator.streams.state.changes$;
    }

    get model$() {
      return this.#separator.streams.model.changes$;
    }

    get progress$() {
      return this.#separator.streams.progress$;
    }

    get activations$() {
      return this.#separator.streams.activations$;
    }

    get spectrogram$() {
      return this.#separator.streams.frames$;
    }

    get error$() {
      return this.#separator.streams.errors$;
    }

    learn(source?: LearnSource, options?: LearnOptions) {
      return this.#separator.learn(source, options);
    }

    setModel(model: NMFModel | NMFModelJSON | null) {
      return this.#separator.setModel(model);
    }

    spectrogram() {
      return this.#separator.spectrogram();
    }

    // biome-ignore lint/suspicious/noExplicitAny: one implementation of the overloads of AudioNode.connect
    override connect(destination: any, output = 0, input?: number): any {
      if (this.#separator.state === 'disposed') throw invalidState('The node has been disposed of.');
      const node = this.#output(output);
      if (input === undefined) node.connect(destination);
      else node.connect(destination, 0, input);
      return isParam(destination) ? undefined : destination;
    }

    // biome-ignore lint/suspicious/noExplicitAny: one implementation of the overloads of AudioNode.disconnect
    override disconnect(destinationOrOutput?: any, output?: number, input?: number): void {
      if (this.#separator.state === 'disposed') return;
      if (destinationOrOutput === undefined) {
        for (const node of this.#outputs) node.disconnect();
      } else if (typeof destinationOrOutput === 'number') {
        this.#output(destinationOrOutput).disconnect();
      } else if (output !== undefined) {
        disconnectFrom(this.#output(output), destinationOrOutput, input);
      } else {
        this.#disconnectAllFrom(destinationOrOutput);
      }
    }

    dispose(): void {
      if (this.#separator.state === 'disposed') return;
      this.disconnect();
      this.#separator.dispose();
    }

    #output(index: number): GainNode {
      const node = this.#outputs[index];
      if (node) return node;
      throw new DOMException(
        `output: ${index} given, but this node has outputs 0 to ${this.#outputs.length - 1}.`,
        'IndexSizeError',
      );
    }

    /** Like a native node: an error only when no output at all was connected. */
    #disconnectAllFrom(destination: AudioNode): void {
      let refusal: unknown;
      let refusals = 0;
      for (const node of this.#outputs) {
        try {
          node.disconnect(destination);
        } catch (error) {
          refusal = error;
          refusals++;
        }
      }
      if (refusals === this.#outputs.length) throw refusal;
    }
  } as unknown as Composite;
}

function disconnectFrom(node: GainNode, destination: AudioNode | AudioParam, input?: number): void {
  if (isParam(destination)) node.disconnect(destination, 0);
  else if (input === undefined) node.disconnect(destination, 0);
  else node.disconnect(destination, 0, input);
}

function isParam(destination: object): destination is AudioParam {
  return 'setValueAtTime' in destination;
}
