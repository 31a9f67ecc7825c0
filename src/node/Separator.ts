import { transfer } from 'comlink';
import type { Spectrogram } from '../dsp/learning/clips.ts';
import {
  checkLearningOptions,
  type LearnRequest,
  type LearnTarget,
  learnRequest,
} from '../dsp/learning/LearnRequest.ts';
import { LEARNING_PARAMETERS } from '../dsp/learning/parameters.ts';
import type { AdaptationOptions } from '../dsp/live/Adaptation.ts';
import { binsOf, layoutOf } from '../dsp/transform/StftLayout.ts';
import type { NMFModel } from '../model/NMFModel.ts';
import type { NMFModelJSON } from '../model/NMFModelJSON.ts';
import { checkNumber } from '../parameters/checks.ts';
import { checkKnown, checkParameters } from '../parameters/defineParameters.ts';
import type { AdaptedMessage } from '../protocol/processor.ts';
import type { FrameMessage, LiveSetup } from '../protocol/worker.ts';
import { canShareMemory } from '../transport/shared.ts';
import { storeLayout } from '../transport/storeLayout.ts';
import { checkHeard } from './clips/checkHeard.ts';
import { type LearnSource, plainSource } from './clips/plainClip.ts';
import { type AnyAudioContext, isLive, rawContextOf } from './context/contextFamily.ts';
import { loadWorklet } from './context/scripts.ts';
import { invalidState, requireWebAssembly, toError } from './errors.ts';
import { resolveAdaptation } from './options/adaptation.ts';
import { checkedModel } from './options/checkedModel.ts';
import type { AdaptOptions, LearnOptions, ListenOptions } from './options/optionTypes.ts';
import { LEARN_PARAMETERS, LISTEN_PARAMETERS, LISTEN_SECONDS } from './options/parameters.ts';
import type { Settings } from './options/resolveOptions.ts';
import { type SeparatorState, Streams } from './Streams.ts';
import { untilAborted } from './untilAborted.ts';
import { throwIfAborted } from './worker/inWorker.ts';
import { LiveWorker } from './worker/LiveWorker.ts';
import { type LearnResult, runLearnJob } from './worker/learnJob.ts';
import { runListenJob } from './worker/listenJob.ts';
import type { Place } from './worker/places.ts';
import { type Wiring, WorkletHandle } from './worklet/WorkletHandle.ts';

/** What a node does: it loads worklet and worker, connects them, learns, and swaps models. Main thread. */
export class Separator {
  readonly settings: Settings;
  readonly streams: Streams;
  /** Settles once, when the processor runs and has the model given in the options, or when it cannot. */
  readonly loaded: Promise<void>;
  readonly #context: AnyAudioContext;
  readonly #wiring: Wiring;
  readonly #shared: SharedArrayBuffer | null;
  /** Aborts with the reason when the node ends: disposed of, failed, or its context closed. What waits is rejected then. */
  readonly #life = new AbortController();
  readonly #worker: LiveWorker;
  #worklet: WorkletHandle | null = null;
  /** Where watched frames come from the live worker. */
  #frames: MessagePort | null = null;
  /** Whether the templates follow what is heard. */
  adapting = false;
  /** The model that was put into force last; where it has followed what is heard since, it is not the one in force now. */
  #given: NMFModel | null = null;
  #version = 0;
  /** Calls of `learn`, and models on their way, one after the other. */
  #learning: Promise<unknown> = Promise.resolve();
  #installing: Promise<unknown> = Promise.resolve();

  constructor(context: AnyAudioContext, settings: Settings, wiring: Wiring) {
    this.#context = context;
    this.settings = settings;
    this.#wiring = wiring;
    this.streams = new Streams(settings.components, settings.layout.hopSize / settings.sampleRate, {
      frames: (watched) => this.#streamFrames(watched),
      onsets: (watched) => this.#watchOnsets(watched),
    });
    this.#shared = canShareMemory()
      ? new SharedArrayBuffer(storeLayout(binsOf(settings.layout), settings.historyFrames).bytes)
      : null;
    this.#worker = new LiveWorker({
      settings,
      life: this.#life.signal,
      connect: (place) => this.#connectWorker(place),
      onDeath: (cause) => this.streams.errors.next(cause),
    });
    this.#watchContext();
    this.loaded = this.#orEnd(this.#load());
    this.loaded.catch((cause) => this.#fail(toError(cause)));
  }

  get state(): SeparatorState {
    return this.streams.state.value;
  }

  get model(): NMFModel | null {
    return this.streams.model.value;
  }

  /** Seconds from input to output. */
  get latency(): number {
    return this.settings.latency / this.settings.sampleRate;
  }

  learn(source?: LearnSource, options?: LearnOptions | null): Promise<LearnResult> {
    const turn = this.#learning.then(() => this.#learn(source, options ?? {}));
    this.#learning = turn.catch(() => {});
    return this.#orEnd(turn);
  }

  async setModel(value: NMFModel | NMFModelJSON | null): Promise<void> {
    this.#requireAlive();
    const { layout, components, sampleRate } = this.settings;
    const model = value === null ? null : checkedModel(value, { ...layout, components, sampleRate });
    await this.#orEnd(this.loaded);
    await this.#orEnd(this.#install(model));
  }

  async spectrogram(seconds?: number): Promise<Spectrogram> {
    this.#requireAlive();
    await this.#orEnd(this.loaded);
    return this.#orEnd(this.#worker.call((service, node) => service.spectrogram(node, seconds)));
  }

  async listen(seconds: number, options: ListenOptions = {}): Promise<Spectrogram> {
    this.#requireAlive();
    checkNumber('seconds', seconds, LISTEN_SECONDS.minimum, LISTEN_SECONDS.maximum);
    checkKnown('options', options, LISTEN_PARAMETERS);
    checkParameters(LISTEN_PARAMETERS, options);
    const { signal } = options;
    throwIfAborted(signal ? [signal] : []);
    await this.#orEnd(this.loaded);
    return this.#orEnd(runListenJob(this.#worker, seconds, signal));
  }

  async adapt(options: AdaptOptions | false = {}): Promise<void> {
    this.#requireAlive();
    const adaptation = options === false ? null : resolveAdaptation(options);
    await this.#orEnd(this.loaded);
    await this.#orEnd(this.#inTurn(() => this.#setAdaptation(adaptation)));
  }

  dispose(): void {
    this.#end('disposed', invalidState('The node has been disposed of.'));
  }

  async #load(): Promise<void> {
    this.#life.signal.throwIfAborted();
    requireWebAssembly();
    const { model, adaptation } = this.settings;
    await Promise.all([this.#worker.start(), this.#startWorklet().then(() => this.#worker.connect())]);
    if (model) await this.#install(model);
    if (adaptation) await this.#inTurn(() => this.#setAdaptation(adaptation));
    this.#life.signal.throwIfAborted();
    // Not sooner, so that the first sample that is heard is heard with the model.
    this.#worklet!.connectInput();
    this.#setState('ready');
  }

  async #startWorklet(): Promise<void> {
    const makeNode = await loadWorklet(this.#context, this.settings.workletUrl);
    this.#life.signal.throwIfAborted();
    this.#worklet = new WorkletHandle(makeNode, {
      settings: this.settings,
      wiring: this.#wiring,
      context: rawContextOf(this.#context),
      shared: this.#shared,
      length: isLive(this.#context) ? null : (rawContextOf(this.#context) as OfflineAudioContext).length,
      life: this.#life.signal,
      onReport: (report) => this.streams.report(report),
      onOnset: ({ time, component, strength }) => this.streams.onsets.next({ time, component, strength }),
      onAdapted: (adapted) => this.#onAdapted(adapted),
      onError: (event) => this.#onProcessorError(event),
    });
  }

  /** Hands worklet and worker the ends of what connects them. */
  async #connectWorker(place: Place): Promise<void> {
    const { layout, historyFrames, sampleRate, activation, channelCount } = this.settings;
    const watched = new MessageChannel();
    const models = new MessageChannel();
    const frames = this.#shared ? null : new MessageChannel();
    this.#frames?.close();
    this.#frames = watched.port1;
    this.#frames.onmessage = ({ data }: MessageEvent<FrameMessage | AdaptedMessage>) => {
      if (data.type === 'adapted') this.#onAdapted(data);
      else this.streams.frames.next({ time: data.time, magnitudes: data.magnitudes });
    };
    const setup: LiveSetup = {
      layout,
      sampleRate,
      historyFrames,
      channels: channelCount,
      activates: activation === 'worker',
      frames: frames?.port1 ?? this.#shared!,
      models: models.port1,
      watched: watched.port2,
    };
    const workerPorts = [models.port1, watched.port2, ...(frames ? [frames.port1] : [])];
    const end = { frames: frames?.port2 ?? this.#shared!, models: models.port2 };
    // Side by side: what comes before the other end listens waits in its port.
    await Promise.all([
      place.call((service, node) => service.startLive(node, transfer(setup, workerPorts))),
      this.#worklet!.processor.send({ type: 'link', end }, frames ? [frames.port2, models.port2] : [models.port2]),
    ]);
  }

  /**
   * Puts a model into force, in the order of the calls. It goes to the worker, which makes the shifted copies of its
   * templates and passes it on to the worklet; the processor acknowledges it.
   */
  #install(model: NMFModel | null): Promise<void> {
    return this.#inTurn(() => this.#putIntoForce(model));
  }

  /** What changes the model in force happens in the order of the calls. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#installing.then(change);
    this.#installing = turn.catch(() => {});
    return turn;
  }

  async #putIntoForce(model: NMFModel | null): Promise<void> {
    const { id, arrived } = this.#worklet!.processor.expect();
    this.#version++;
    const pitchShifts = this.settings.affordsPitchShifts ? (model?.pitchShifts ?? 0) : 0;
    const version = model ? this.#version : 0;
    const sent = this.#worker.setModel({ id, version, dictionary: model?.dictionary ?? null, pitchShifts });
    await Promise.all([sent, arrived]);
    this.#given = model;
    this.#wiring.followModel(model);
    if (model !== this.model) this.streams.model.value = model;
  }

  async #setAdaptation(adaptation: AdaptationOptions | null): Promise<void> {
    // What it has become is a model like any other from now on.
    if (this.model !== this.#given) await this.#putIntoForce(this.model);
    if (isLive(this.#context)) await this.#worker.adapt(adaptation);
    else await this.#worklet!.processor.send({ type: 'adapt', adaptation });
    this.adapting = adaptation !== null;
  }

  /** The model in force has followed what is heard. What comes of one that is no longer in force is too late. */
  #onAdapted({ version, templates }: AdaptedMessage): void {
    if (version === this.#version && this.#given) this.streams.model.value = this.#given.withTemplates(templates);
  }

  async #learn(source: LearnSource | undefined, options: LearnOptions): Promise<LearnResult> {
    this.#requireAlive();
    const life = this.#life.signal;
    checkKnown('options', options, LEARN_PARAMETERS, LEARNING_PARAMETERS);
    checkParameters(LEARN_PARAMETERS, options);
    checkLearningOptions(options, this.settings.components);
    const signals = options.signal ? [options.signal, life] : [life];
    throwIfAborted(signals);
    await this.loaded;
    this.#setState('learning');
    try {
      const request = await this.#learnRequest(source, options);
      const { workerUrl } = this.settings;
      const result = await runLearnJob(request, {
        workerUrl,
        labels: this.model?.labels,
        signals,
        onProgress: (progress) => this.streams.progress.next(progress),
      });
      await this.#install(result.model);
      return result;
    } finally {
      if (this.state === 'learning') this.#setState('ready');
    }
  }

  async #learnRequest(source: LearnSource | undefined, options: LearnOptions): Promise<LearnRequest> {
    const { settings, model } = this;
    const { components, divergence, affordsPitchShifts, layout, sampleRate } = settings;
    const target: LearnTarget = {
      ...layoutOf({ ...layout, sampleRate }),
      components,
      divergence,
      affordsPitchShifts,
      previous: model?.dictionary ?? null,
    };
    if (source !== undefined) return learnRequest(plainSource(source, sampleRate), options, target);
    // Nobody else has it, so it is handed over: a copy would leave megabytes lying, which Firefox collects late.
    const heard = await this.spectrogram(options.seconds);
    checkHeard(heard);
    return learnRequest(heard, options, target);
  }

  #streamFrames(streaming: boolean): void {
    this.loaded.then(() => this.#worker.streamFrames(streaming)).catch(() => {});
  }

  #watchOnsets(watched: boolean): void {
    this.loaded.then(() => this.#worklet!.processor.send({ type: 'watchOnsets', watched })).catch(() => {});
  }

  /** Rejects at the latest when the node ends. */
  #orEnd<T>(promise: Promise<T>): Promise<T> {
    return untilAborted(promise, this.#life.signal);
  }

  /** The end of the context is the end of the node. */
  #watchContext(): void {
    const context = rawContextOf(this.#context);
    const onStateChange = () => {
      if (context.state === 'closed') void this.#endWithContext();
    };
    context.addEventListener('statechange', onStateChange);
    const onEnd = () => context.removeEventListener('statechange', onStateChange);
    this.#life.signal.addEventListener('abort', onEnd, { once: true });
    onStateChange();
  }

  async #endWithContext(): Promise<void> {
    const isOffline = !isLive(this.#context);
    const wasReady = this.state !== 'loading';
    // What was rendered last is still on its way here.
    if (isOffline && wasReady) await this.#worklet!.processor.rendered();
    this.#end('disposed', isOffline && !wasReady ? tooEarly() : contextClosed());
  }

  /** @throws the reason for which the node has ended */
  #requireAlive(): void {
    this.#life.signal.throwIfAborted();
    if (rawContextOf(this.#context).state === 'closed') throw contextClosed();
  }

  /** The processor has thrown. The node tells it as the worklet inside does: an event cannot be dispatched twice. */
  #onProcessorError(event: ErrorEvent): void {
    // Of the context's own class, since Node has none.
    this.#wiring.dispatch(new (event.constructor as typeof ErrorEvent)('processorerror', event));
    this.#fail(new Error(`The processor threw an error and has stopped. (${event.message || 'no reason given'})`));
  }

  #fail(cause: Error): void {
    if (this.#life.signal.aborted) return;
    this.streams.errors.next(cause);
    this.#end('failed', cause);
  }

  /** Gives everything back; what waits is rejected with the reason. A node that has failed can still be disposed of. */
  #end(state: 'failed' | 'disposed', reason: Error): void {
    if (this.state === 'disposed') return;
    const isFirst = !this.#life.signal.aborted;
    this.adapting = false;
    this.#life.abort(reason);
    if (isFirst) this.#release();
    this.#setState(state);
    if (state === 'disposed') this.streams.complete();
  }

  #release(): void {
    this.#frames?.close();
    this.#worklet?.release();
    this.#wiring.disconnectInput();
    this.#wiring.exponent.disconnect();
    // A source that plays is kept for as long as its context.
    this.#wiring.exponent.stop();
  }

  #setState(state: SeparatorState): void {
    if (state === this.state) return;
    this.streams.state.value = state;
    this.#wiring.dispatch(new Event('statechange'));
  }
}

function contextClosed(): DOMException {
  return invalidState('The context is closed, and the node has ended with it.');
}

function tooEarly(): DOMException {
  return invalidState(
    'The offline context has rendered before the node was ready, and nothing was separated: await its `ready` before startRendering().',
  );
}
