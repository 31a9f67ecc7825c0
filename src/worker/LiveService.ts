import type { Spectrogram } from '../dsp/learning/clips.ts';
import { Activator } from '../dsp/live/Activator.ts';
import type { AdaptationOptions } from '../dsp/live/Adaptation.ts';
import { AdaptiveModel } from '../dsp/live/AdaptiveModel.ts';
import type { Dictionary } from '../dsp/live/Dictionary.ts';
import { type DictionaryData, isStereo } from '../dsp/live/DictionaryData.ts';
import { isNaming, NAMED_COPIES } from '../dsp/live/naming.ts';
import { pitchShiftSteps, taughtCount } from '../dsp/live/pitchShifts.ts';
import { binsOf } from '../dsp/transform/StftLayout.ts';
import type { AdaptedMessage, ModelMessage } from '../protocol/processor.ts';
import type { FrameMessage, LiveModel, LiveSetup } from '../protocol/worker.ts';
import { FrameStore } from '../transport/FrameStore.ts';
import { LoadMeter } from '../transport/LoadMeter.ts';
import { type FrameHandler, type FrameReceiver, isPort } from '../transport/link.ts';
import { PortReceiver } from '../transport/port.ts';
import { SharedReceiver } from '../transport/shared.ts';
import { inSlices } from './inSlices.ts';
import { Listener } from './Listener.ts';

/** Frames captured just before a change of model still ask for the dictionary before. */
const DICTIONARIES_KEPT = 3;

/** A dictionary, and whether it activates every frame, or names the shifted copies that sound. */
interface LiveDictionary {
  readonly dictionary: Dictionary;
  readonly activates: boolean;
}

/**
 * Worker thread: the rolling spectrogram of one node, and the activations of its frames as they come. Several share a
 * worker, and none holds up the others for longer than the activation of a frame takes.
 */
export class LiveService implements FrameHandler {
  readonly #setup: LiveSetup;
  readonly #store: FrameStore;
  /** Not before there is a model: to compile the kernels takes a while. */
  #activator: Activator | null = null;
  readonly #load = new LoadMeter(() => performance.now(), 1);
  readonly #dictionaries = new Map<number, LiveDictionary>();
  readonly #names = new Float32Array(NAMED_COPIES);
  readonly #frame: Float32Array;
  readonly #listeners = new Map<number, Listener>();
  readonly #receiver: FrameReceiver;
  readonly #model: AdaptiveModel;
  #streaming = false;
  #isReleased = false;
  /** Of the model that the main thread has put into force. */
  #version = 0;
  /** Versions of adapted models, below those of the main thread. */
  #adaptedVersion = 0;

  constructor(setup: LiveSetup) {
    const { frames, layout, sampleRate, historyFrames } = setup;
    const bins = binsOf(layout);
    this.#setup = setup;
    this.#frame = new Float32Array(bins);
    this.#model = new AdaptiveModel({ ...layout, sampleRate });
    if (isPort(frames)) {
      this.#store = new FrameStore(bins, historyFrames);
      this.#receiver = new PortReceiver(frames, this.#store, this);
    } else {
      this.#store = new FrameStore(bins, historyFrames, frames);
      this.#receiver = new SharedReceiver(this.#store, this);
    }
  }

  /** Gives everything back; what is under way comes to nothing. */
  release(): void {
    this.#isReleased = true;
    this.#receiver.close();
    this.#setup.models.close();
    this.#setup.watched.close();
    for (const listener of this.#listeners.values()) listener.stop();
    this.#model.release();
    this.#activator?.release();
  }

  /**
   * Makes the shifted copies of a model's templates, once for both threads, and passes it on to the worklet. The worklet
   * marks every frame with the version in force, so the worker takes the dictionary in first.
   */
  async setModel({ id, version, dictionary, pitchShifts }: LiveModel): Promise<void> {
    const bins = binsOf(this.#setup.layout);
    const isWanted = () => !this.#isReleased;
    const shifted = dictionary && (await inSlices(pitchShiftSteps(dictionary, bins, pitchShifts), isWanted));
    if (this.#isReleased) return;
    this.#takeIn(version, shifted);
    this.#version = version;
    this.#model.setModel(shifted);
    if (id === null) return;
    this.#setup.models.postMessage({ id, version, dictionary: shifted } satisfies ModelMessage);
  }

  /** From now on the templates follow what is heard; null: no longer. */
  adapt(options: AdaptationOptions | null): void {
    this.#model.adapt(options);
  }

  /** The next `seconds` of sound. @param id by which it can be told that nobody waits any more */
  listen(id: number, seconds: number): Promise<Spectrogram> {
    const { layout, sampleRate } = this.#setup;
    const listener = new Listener(this.#store, { ...layout, sampleRate }, seconds);
    this.#listeners.set(id, listener);
    return listener.heard;
  }

  stopListening(id: number): void {
    this.#listeners.get(id)?.stop();
    this.#listeners.delete(id);
  }

  streamFrames(streaming: boolean): void {
    this.#streaming = streaming;
  }

  spectrogram(seconds = Number.POSITIVE_INFINITY): Spectrogram {
    const { layout, sampleRate, historyFrames } = this.#setup;
    const { fftSize, hopSize, window } = layout;
    const wanted = Math.min(historyFrames, Math.max(1, Math.ceil((seconds * sampleRate) / hopSize)));
    const magnitudes = this.#store.newest(wanted);
    const bins = binsOf(layout);
    return { magnitudes, frames: magnitudes.length / bins, bins, sampleRate, fftSize, hopSize, window };
  }

  /** Live path of the worker thread: a few arithmetic loops, no waiting. */
  onFrame(sequence: number): number {
    this.#load.begin();
    const answers = this.#answer(sequence);
    this.#load.end();
    this.#store.workerLoad = this.#load.value;
    if (this.#streaming) this.#stream(sequence);
    for (const [id, listener] of this.#listeners) if (listener.listen()) this.#listeners.delete(id);
    if (this.#model.isAdapting) this.#adaptTo(sequence);
    return answers;
  }

  /** Makes a dictionary ready for the frames of its version. */
  #takeIn(version: number, data: DictionaryData | null): void {
    const activates = this.#setup.activates && !isStereo(data, this.#setup.channels);
    // Without copies there is nothing to name.
    const needed = data && (activates || taughtCount(data) < data.componentOf.length);
    if (!needed || this.#dictionaries.has(version)) return;
    this.#activator ??= new Activator(this.#store.bins);
    this.#dictionaries.set(version, { dictionary: this.#activator.add(data), activates });
    this.#releaseOld();
  }

  /** Learns from a frame, and puts into force what comes of it, now and then. */
  #adaptTo(sequence: number): void {
    this.#store.copyFrame(sequence, this.#frame);
    const dictionary = this.#model.add(sequence, this.#frame);
    if (!dictionary) return;
    const version = --this.#adaptedVersion;
    this.#takeIn(version, dictionary);
    const templates = dictionary.templates.slice(0, taughtCount(dictionary) * this.#store.bins);
    const model: ModelMessage = { id: null, version, dictionary };
    this.#setup.models.postMessage(model, [dictionary.templates.buffer]);
    const message: AdaptedMessage = { type: 'adapted', version: this.#version, templates };
    this.#setup.watched.postMessage(message, [templates.buffer]);
  }

  #answer(sequence: number): number {
    const live = this.#dictionaries.get(this.#store.versionOf(sequence));
    if (!this.#activator || !live || !(live.activates || isNaming(sequence, this.#setup.layout.hopSize))) return 0;
    const { dictionary, activates } = live;
    this.#store.copyFrame(sequence, this.#activator.frame);
    const h = this.#activator.activate(dictionary);
    if (activates) return this.#write(sequence, h);
    dictionary.nameCopies(this.#names);
    return this.#write(sequence, this.#names);
  }

  #write(sequence: number, answer: Float32Array): number {
    this.#store.writeAnswer(sequence, answer, answer.length);
    return answer.length;
  }

  #stream(sequence: number): void {
    const magnitudes = new Float32Array(this.#store.bins);
    this.#store.copyFrame(sequence, magnitudes);
    const message: FrameMessage = { type: 'frame', time: this.#store.timeOf(sequence), magnitudes };
    this.#setup.watched.postMessage(message, [magnitudes.buffer]);
  }

  #releaseOld(): void {
    for (const [old, { dictionary }] of this.#dictionaries) {
      if (this.#dictionaries.size <= DICTIONARIES_KEPT) break;
      dictionary.release();
      this.#dictionaries.delete(old);
    }
  }
}
