import { transfer } from 'comlink';
import type { DictionaryData } from '../dsp/live/Dictionary.ts';
import { binsOf, latencyOf } from '../dsp/live/frameShape.ts';
import type { NMFModel, NMFModelJSON } from '../model/NMFModel.ts';
import {
  type LiveMessage,
  MASK_EXPONENT,
  PROCESSOR_NAME,
  type ProcessorSetup,
  type Progress,
  type Spectrogram,
} from '../protocol/protocol.ts';
import { FrameStore } from '../transport/FrameStore.ts';
import { canShareMemory } from '../transport/shared.ts';
import { checkLearnOptions, type LearnOptions, type LearnSource, learnRequest } from './clips/learnRequest.ts';
import { type AnyAudioContext, isLive, rawContextOf } from './context/contextFamily.ts';
import { loadWorklet } from './context/scripts.ts';
import { invalidState, toError, wasmError } from './errors.ts';
import { checkedModel, type Settings } from './options/resolveOptions.ts';
import { ProcessorHandle } from './ProcessorHandle.ts';
import { type SeparatorState, Streams } from './Streams.ts';
import { throwIfAborted } from './worker/inWorker.ts';
import { LiveWorker } from './worker/LiveWorker.ts';
import { type LearnResult, runLearnJob } from './worker/learnJob.ts';
import type { WorkerHandle } from './worker/WorkerHandle.ts';

/** The audio nodes around the worklet, made by the node that owns this separator. */
export interface Wiring {
  /** Connects the input to the worklet. */
  connectInput(worklet: AudioNode): void;
  disconnectInput(): void;
  readonly exponent: ConstantSourceNode;
  readonly outputs: readonly GainNode[];
  /** Called after every change of state, and when the processor throws. */
  dispatch(event: Event): void;
}

/** What a node does: it loads worklet and worker, connects them, learns, and swaps models. Main thread. */
export class Separator {
  readonly settings: Settings;
  readonly streams: Streams;
  /** Settles once, when the processor runs and has the model given in the options, or when it cannot. */
  readonly loaded: Promise<void>;
  readonly #context: AnyAudioContext;
  readonly #wiring: Wiring;
  readonly #shared: SharedArrayBuffer | null;
  readonly #onContextState = () => this.#watchContext();
  #processor: ProcessorHandle | null = null;
  #worklet: AudioWorkletNode | null = null;
  /** Where the live worker reports to. */
  #reports: MessagePort | null = null;
  readonly #worker: LiveWorker;
  #version = 0;
  /** Rejects everything that waits when the node is disposed of or its context closed. */
  readonly #ending: Promise<never>;
  #rejectEnding!: (cause: Error) => void;
  /** Ends the learning that runs. */
  readonly #jobs = new AbortController();
  #learning: Promise<unknown> = Promise.resolve();
  #installing: Promise<unknown> = Promise.resolve();

  constructor(context: AnyAudioContext, settings: Settings, wiring: Wiring) {
    this.#context = context;
    this.settings = settings;
    this.#wiring = wiring;
    this.streams = new Streams(settings.components, (watched) => this.#streamFrames(watched));
    this.#shared = canShareMemory()
      ? new SharedArrayBuffer(FrameStore.bytes(binsOf(settings.shape), settings.historyFrames))
      : null;
    this.#ending = new Promise((_, reject) => {
      this.#rejectEnding = reject;
    });
    this.#ending.catch(() => {});
    rawContextOf(context).addEventListener('statechange', this.#onContextState);
    this.#worker = new LiveWorker({
      workerUrl: settings.workerUrl,
      connect: (worker) => this.#connectWorker(worker),
      onDeath: (cause) => this.streams.errors.next(cause),
    });
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
    return latencyOf(this.settings.shape) / this.#context.sampleRate;
  }

  learn(source?: LearnSource, options: LearnOptions = {}): Promise<LearnResult> {
    const turn = this.#learning.then(() => this.#learn(source, options));
    this.#learning = turn.catch(() => {});
    return this.#orEnd(turn);
  }

  async setModel(value: NMFModel | NMFModelJSON | null): Promise<void> {
    this.#requireAlive();
    const { components, shape } = this.settings;
    const model =
      value === null ? null : checkedModel(value, { components, shape, sampleRate: this.#context.sampleRate });
    await this.#orEnd(this.loaded);
    await this.#orEnd(this.#install(model));
  }

  async spectrogram(seconds?: number): Promise<Spectrogram> {
    this.#requireAlive();
    await this.#orEnd(this.loaded);
    return this.#orEnd(this.#worker.call((service) => service.spectrogram(seconds)));
  }

  /** Gives everything back; what waits is rejected. */
  dispose(): void {
    if (this.state === 'disposed') return;
    this.#setState('disposed');
    this.#end(invalidState('The node has been disposed of.'));
    rawContextOf(this.#context).removeEventListener('statechange', this.#onContextState);
    this.#release();
    this.streams.complete();
  }

  async #load(): Promise<void> {
    requireWebAssembly();
    const started = this.#worker.start();
    const [makeNode] = await Promise.all([loadWorklet(this.#context, this.settings.workletUrl), started]);
    if (this.state !== 'loading') return;
    this.#makeWorklet(makeNode);
    await this.#worker.connect();
    await this.#install(this.settings.model);
    if (this.state !== 'loading') return;
    // Not sooner, so that the first sample that is heard is heard with the model.
    this.#wiring.connectInput(this.#worklet!);
    this.#setState('ready');
  }

  #makeWorklet(makeNode: (name: string, options: AudioWorkletNodeOptions) => AudioWorkletNode): void {
    const { shape, components, channelCount, activation, historyFrames } = this.settings;
    const setup: ProcessorSetup = {
      shape,
      components,
      channels: channelCount,
      activation,
      historyFrames,
      shared: this.#shared,
      live: isLive(this.#context),
    };
    const worklet = makeNode(PROCESSOR_NAME, {
      numberOfInputs: 1,
      numberOfOutputs: components,
      outputChannelCount: new Array(components).fill(channelCount),
      channelCount,
      channelCountMode: 'explicit',
      processorOptions: setup,
    });
    this.#worklet = worklet;
    // Workaround 3: Chromium calls the event 'error', so only the handler hears it in every engine.
    worklet.onprocessorerror = (event) => this.#stumble(event as ErrorEvent);
    this.#wiring.exponent.connect(worklet.parameters.get(MASK_EXPONENT)!);
    this.#wiring.outputs.forEach((output, k) => {
      worklet.connect(output, k);
    });
    keepRunning(worklet, rawContextOf(this.#context));
    this.#processor = new ProcessorHandle(worklet.port, (report) => this.streams.report(report));
  }

  /** Hands worklet and worker the two ends of their link. */
  async #connectWorker(worker: WorkerHandle): Promise<void> {
    const { shape, historyFrames } = this.settings;
    const messages = new MessageChannel();
    this.#reports?.close();
    this.#reports = messages.port1;
    this.#reports.onmessage = ({ data }: MessageEvent<LiveMessage>) => this.#hear(data);
    const link = this.#shared ? null : new MessageChannel();
    const setup = {
      end: link?.port1 ?? this.#shared!,
      shape,
      sampleRate: this.#context.sampleRate,
      historyFrames,
      port: messages.port2,
    };
    await worker.call((service) =>
      service.startLive(transfer(setup, link ? [link.port1, messages.port2] : [messages.port2])),
    );
    await this.#processor!.send({ type: 'link', end: link?.port2 ?? this.#shared }, link ? [link.port2] : []);
  }

  #hear(message: LiveMessage): void {
    if (message.type === 'report') this.streams.report(message.report);
    else this.streams.frames.next({ time: message.time, magnitudes: message.magnitudes });
  }

  /** Puts a model into force, in the order of the calls: first where frames are activated, then where they are marked. */
  #install(model: NMFModel | null): Promise<void> {
    const turn = this.#installing.then(async () => {
      const version = model ? ++this.#version : 0;
      const dictionary = model && (await this.#dictionaryOf(model));
      if (dictionary && this.settings.activation === 'worker') {
        await this.#worker.addDictionary(version, dictionary);
      }
      await this.#processor!.send({ type: 'model', version, dictionary });
      if (model !== this.model) this.streams.model.value = model;
    });
    this.#installing = turn.catch(() => {});
    return turn;
  }

  /** What worklet and worker need of a model, with the shifted copies where there is time for them. */
  async #dictionaryOf({ templates, componentOf, divergence, pitchShifts }: NMFModel): Promise<DictionaryData> {
    const dictionary = { templates, componentOf, divergence };
    if (pitchShifts === 0 || !this.settings.affordsPitchShifts) return dictionary;
    const bins = binsOf(this.settings.shape);
    return this.#worker.call((service) => service.withPitchShifts(dictionary, bins, pitchShifts));
  }

  async #learn(source: LearnSource | undefined, options: LearnOptions): Promise<LearnResult> {
    this.#requireAlive();
    const { components, shape, divergence, affordsPitchShifts, workerUrl } = this.settings;
    const { fftSize, hopSize, window } = shape;
    const signals = options?.signal ? [options.signal, this.#jobs.signal] : [this.#jobs.signal];
    checkLearnOptions(options, components);
    throwIfAborted(signals);
    await this.loaded;
    this.#setState('learning');
    try {
      const request = learnRequest(source ?? (await this.spectrogram(options.seconds)), options, {
        components,
        sampleRate: this.#context.sampleRate,
        fftSize,
        hopSize,
        window,
        divergence,
        affordsPitchShifts,
        model: this.model,
        handsOver: source === undefined,
      });
      const onProgress = (progress: Progress) => this.streams.progress.next(progress);
      const result = await runLearnJob(request, { workerUrl, labels: this.model?.labels, signals, onProgress });
      await this.#install(result.model);
      return result;
    } finally {
      if (this.state === 'learning') this.#setState('ready');
    }
  }

  #streamFrames(streaming: boolean): void {
    this.loaded.then(() => this.#worker.streamFrames(streaming)).catch(() => {});
  }

  /** Rejects at the latest when the node ends. */
  #orEnd<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#ending]);
  }

  #requireAlive(): void {
    if (this.state === 'disposed') throw invalidState('The node has been disposed of.');
    if (rawContextOf(this.#context).state === 'closed') throw invalidState('The context is closed.');
  }

  #watchContext(): void {
    if (rawContextOf(this.#context).state !== 'closed') return;
    const cause = invalidState('The context is closed.');
    this.#end(cause);
    this.#processor?.close(cause);
  }

  /** Rejects what waits. */
  #end(cause: Error): void {
    this.#rejectEnding(cause);
    this.#jobs.abort();
  }

  /** The processor has thrown. The node tells it as the worklet inside does: an event cannot be dispatched twice. */
  #stumble(event: ErrorEvent): void {
    this.#wiring.dispatch(new ErrorEvent('processorerror', event));
    this.#fail(new Error(`The processor threw an error and has stopped. (${event.message || 'no reason given'})`));
  }

  #fail(cause: Error): void {
    if (this.state === 'disposed') return;
    this.streams.errors.next(cause);
    this.#end(cause);
    this.#release();
    this.#setState('failed');
  }

  #release(): void {
    this.#worker.end();
    this.#reports?.close();
    this.#processor?.dispose();
    if (this.#worklet) {
      this.#worklet.onprocessorerror = null;
      this.#worklet.disconnect();
    }
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

/** Worklets and workers obey the page's policy, so the page can tell beforehand, and with a reason. */
function requireWebAssembly(): void {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (cause) {
    throw wasmError(cause);
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
