import type { Remote } from 'comlink';
import type { AdaptationOptions } from '../../dsp/live/Adaptation.ts';
import type { LiveModel, WorkerApi } from '../../protocol/worker.ts';
import { toError } from '../errors.ts';
import type { Settings } from '../options/resolveOptions.ts';
import { coreShare } from './coreShare.ts';
import { type Place, takePlace } from './places.ts';

/** How many workers may die of the same call, or of taking in the same model, before it is not tried again. */
const TRIES = 3;
/** Milliseconds before a worker that did not start is tried again: the first time, and at most. */
const RETRY = { first: 250, longest: 10_000 } as const;

export interface LiveWorkerOptions {
  readonly settings: Settings;
  /** Of the node. */
  readonly life: AbortSignal;
  /** Hands worker and worklet the two ends of their link. */
  connect(place: Place): Promise<void>;
  /** Told when a worker has died, or does not start again. */
  onDeath(cause: Error): void;
}

/**
 * The worker that keeps the rolling spectrogram and activates frames, together with those of other nodes where there is
 * room. One that dies is replaced, with the model and the streams it had; the worklet keeps the history. Main thread.
 */
export class LiveWorker {
  readonly #options: LiveWorkerOptions;
  /** The place in use, once the worker is connected; another promise after every death and every move. */
  #connected: Promise<Place> = new Promise(() => {});
  #place: Place | null = null;
  /** What the node takes of a core. */
  #share = 0;
  /** Calls that wait for their answer: the worker may die of any of them. */
  #callsUnderWay = 0;
  #model: LiveModel | null = null;
  /** How many workers have died of taking in the model. */
  #modelDeaths = 0;
  #streaming = false;
  #adaptation: AdaptationOptions | null = null;

  constructor(options: LiveWorkerOptions) {
    this.#options = options;
    options.life.addEventListener('abort', () => this.#place?.leave(options.life.reason), { once: true });
  }

  /** Resolves once the script runs. Not connected yet: the worklet may still be loading. */
  async start(): Promise<void> {
    await this.#takePlace(false).worker.running;
  }

  /** Connects the first worker, and watches over it and those that follow. */
  async connect(): Promise<void> {
    const place = this.#place!;
    this.#connected = this.#connect(place).catch((cause) => {
      // Another node may be what it has died of.
      if (!place.worker.life.aborted || this.#options.life.aborted) throw cause;
      return this.#connect(this.#takePlace(true));
    });
    await this.#connected;
  }

  async setModel(model: LiveModel): Promise<void> {
    await this.#makeRoom(model, this.#adaptation);
    this.#model = model;
    this.#modelDeaths = 0;
    await this.call((service, node) => service.setModel(node, model));
  }

  async streamFrames(streaming: boolean): Promise<void> {
    this.#streaming = streaming;
    await this.call((service, node) => service.streamFrames(node, streaming));
  }

  async adapt(adaptation: AdaptationOptions | null): Promise<void> {
    await this.#makeRoom(this.#model, adaptation);
    this.#adaptation = adaptation;
    await this.call((service, node) => service.adapt(node, adaptation));
  }

  /** Calls the worker; where that dies meanwhile, the next one, but not without end. */
  async call<T>(action: (service: Remote<WorkerApi>, node: number) => Promise<T>): Promise<T> {
    for (let tries = 1; ; ) {
      const place = await this.#connected;
      this.#callsUnderWay++;
      try {
        return await place.call(action);
      } catch (cause) {
        const hasDied = place.worker.life.aborted;
        // Where the node has moved meanwhile, its new worker is asked.
        if (this.#options.life.aborted || !(hasDied || place.isLeft)) throw cause;
        if (hasDied && tries++ === TRIES) throw new Error(`${TRIES} workers have died of the same call.`, { cause });
      } finally {
        this.#callsUnderWay--;
      }
    }
  }

  #takePlace(alone: boolean): Place {
    this.#place = takePlace(this.#options.settings.workerUrl, this.#share, alone);
    return this.#place;
  }

  /** Moves where the worker has become too small for all its nodes. What sounds goes on with the model before. */
  async #makeRoom(model: LiveModel | null, adaptation: AdaptationOptions | null): Promise<void> {
    const place = await this.#connected;
    this.#share = coreShare(this.#options.settings, model, adaptation !== null);
    if (place.resize(this.#share)) return;
    place.leave();
    this.#connected = this.#replace(false);
    await this.#connected;
  }

  async #connect(place: Place): Promise<Place> {
    await this.#options.connect(place);
    await this.#restoreModel(place);
    if (this.#adaptation) await place.call((service, node) => service.adapt(node, this.#adaptation));
    if (this.#streaming) await place.call((service, node) => service.streamFrames(node, true));
    this.#watch(place);
    return place;
  }

  /** The worklet has the model already, or gets it from the call that is under way. */
  async #restoreModel(place: Place): Promise<void> {
    const model = this.#model;
    if (!model || this.#modelDeaths >= TRIES) return;
    this.#modelDeaths++;
    await place.call((service, node) => service.setModel(node, { ...model, id: null }));
    this.#modelDeaths = 0;
  }

  /** When the worker ends, another takes its place. */
  #watch(place: Place): void {
    place.onEnd(() => {
      if (this.#options.life.aborted) return;
      this.#options.onDeath(place.worker.life.reason);
      this.#connected = this.#replace(this.#callsUnderWay > 0);
      this.#connected.catch(() => {});
    });
  }

  /**
   * @param alone whether the node may be what its worker has died of, and is not to take others with it again
   * @throws the reason (as a rejection) for which the node has ended meanwhile
   */
  async #replace(alone: boolean): Promise<Place> {
    const { life, onDeath } = this.#options;
    let told = '';
    for (let wait: number = RETRY.first; ; wait = Math.min(2 * wait, RETRY.longest)) {
      try {
        return await this.#connect(this.#takePlace(alone));
      } catch (value) {
        const cause = toError(value);
        this.#place?.leave();
        life.throwIfAborted();
        if (cause.message !== told) onDeath(cause);
        told = cause.message;
        alone = true;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
      life.throwIfAborted();
    }
  }
}
