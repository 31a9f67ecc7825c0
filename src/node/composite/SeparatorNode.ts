import type { NMFModel } from '../../model/NMFModel.ts';
import type { NMFModelJSON } from '../../model/NMFModelJSON.ts';
import { checkKnown } from '../../parameters/defineParameters.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type { LearnSource } from '../clips/plainClip.ts';
import { type AnyAudioContext, checkContext, renderingOf } from '../context/contextFamily.ts';
import { loadWorklet } from '../context/scripts.ts';
import { invalidState } from '../errors.ts';
import type { NMFSeparatorNode } from '../NMFSeparatorNode.ts';
import type { AdaptOptions, LearnOptions, ListenOptions, NMFSeparatorOptions } from '../options/optionTypes.ts';
import { NODE_PARAMETERS } from '../options/parameters.ts';
import { resolveOptions } from '../options/resolveOptions.ts';
import type { Handler } from './EventHandlers.ts';
import { makeInput } from './family.ts';
import { isMadeBy, makeParts, partsOf } from './parts.ts';

/** What a separator node has beyond, or otherwise than, the nodes of its family. */
type OwnMembers = Omit<NMFSeparatorNode, Exclude<keyof AudioNode, OwnAudioNodeMember>>;
type OwnAudioNodeMember =
  | 'numberOfInputs'
  | 'numberOfOutputs'
  | 'channelCount'
  | 'channelCountMode'
  | 'connect'
  | 'disconnect';

/**
 * The class of separator nodes. What it makes is a GainNode of the context's family whose prototype was exchanged: see
 * `family.ts`. Its members keep nothing themselves, and find the node's parts by `this`.
 */
export class SeparatorNode implements OwnMembers {
  constructor(context: AnyAudioContext, options?: NMFSeparatorOptions | null) {
    checkContext(context);
    const given = options ?? {};
    checkKnown('options', given, NODE_PARAMETERS);
    const settings = resolveOptions(given, renderingOf(context));
    const { channelCount, channelInterpretation } = settings;
    const format = { channelCount, channelCountMode: 'explicit', channelInterpretation } as const;
    const { node, base } = makeInput(context, format, new.target, SeparatorNode);
    makeParts(node, { context, settings, base, made: new.target });
    // biome-ignore lint/correctness/noConstructorReturn: the node must be one of the context's own family.
    return node as never;
  }

  static async register(
    context: AnyAudioContext,
    options?: { workletUrl?: ScriptUrl | undefined } | null,
  ): Promise<void> {
    checkContext(context);
    await loadWorklet(context, options?.workletUrl);
  }

  /** Of every family, and of subclasses what they made themselves. */
  static [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this, and are `this` then.
    return isMadeBy(this, value);
  }

  get [Symbol.toStringTag]() {
    return 'NMFSeparatorNode';
  }

  get channelCount(): number {
    return Reflect.get(partsOf(this).base, 'channelCount', this);
  }

  set channelCount(value: number) {
    if (value !== this.channelCount)
      throw invalidState(`channelCount: it is fixed at ${this.channelCount} when the node is made.`);
  }

  get channelCountMode(): ChannelCountMode {
    return 'explicit';
  }

  set channelCountMode(value: ChannelCountMode) {
    // What is no mode at all is ignored, as every enumeration attribute does.
    if (value === 'max' || value === 'clamped-max') throw invalidState("channelCountMode: it is fixed at 'explicit'.");
  }

  get numberOfInputs() {
    return 1 as const;
  }

  get numberOfOutputs() {
    return partsOf(this).outputs.nodes.length;
  }

  get ready() {
    return partsOf(this).ready;
  }

  get components() {
    return partsOf(this).outputs.nodes;
  }

  get dry() {
    return partsOf(this).outputs.dry;
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

  get levels() {
    return partsOf(this).separator.streams.levels;
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

  get onsets$() {
    return partsOf(this).separator.streams.onsets$;
  }

  get spectrogram$() {
    return partsOf(this).separator.streams.frames$;
  }

  get error$() {
    return partsOf(this).separator.streams.errors$;
  }

  learn(source?: LearnSource, options?: LearnOptions | null) {
    return partsOf(this).separator.learn(source, options);
  }

  setModel(model: NMFModel | NMFModelJSON | null) {
    return partsOf(this).separator.setModel(model);
  }

  listen(seconds: number, options?: ListenOptions) {
    return partsOf(this).separator.listen(seconds, options);
  }

  get adapting() {
    return partsOf(this).separator.adapting;
  }

  adapt(options?: AdaptOptions | false) {
    return partsOf(this).separator.adapt(options);
  }

  spectrogram() {
    return partsOf(this).separator.spectrogram();
  }

  get onstatechange() {
    return partsOf(this).handlers.get('statechange');
  }

  set onstatechange(handler: Handler) {
    partsOf(this).handlers.set('statechange', handler);
  }

  get onprocessorerror() {
    return partsOf(this).handlers.get('processorerror');
  }

  set onprocessorerror(handler: Handler) {
    partsOf(this).handlers.set('processorerror', handler);
  }

  // biome-ignore lint/suspicious/noExplicitAny: one implementation of the overloads of AudioNode.connect
  connect(destination: any, output?: number, input?: number): any {
    const { separator, outputs } = partsOf(this);
    if (separator.state === 'disposed') throw invalidState('The node has been disposed of.');
    return outputs.connect(destination, output, input);
  }

  disconnect(...args: readonly unknown[]): void {
    const { separator, outputs } = partsOf(this);
    if (separator.state === 'disposed') return;
    outputs.disconnect(...args);
  }

  dispose(): void {
    const { separator, outputs } = partsOf(this);
    if (separator.state === 'disposed') return;
    outputs.disconnect();
    outputs.dry.disconnect();
    separator.dispose();
  }
}
