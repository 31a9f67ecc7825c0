import { Activator } from '../dsp/live/Activator.ts';
import type { Dictionary, DictionaryData } from '../dsp/live/Dictionary.ts';
import { binsOf } from '../dsp/live/frameShape.ts';
import type { LiveMessage, LiveSetup, Spectrogram } from '../protocol/protocol.ts';
import { FrameStore } from '../transport/FrameStore.ts';
import { LoadMeter } from '../transport/LoadMeter.ts';
import type { FrameHandler } from '../transport/link.ts';
import { PortReceiver } from '../transport/port.ts';
import { receiveShared } from '../transport/shared.ts';

/** Frames captured just before a change of model still ask for the dictionary before. */
const DICTIONARIES_KEPT = 3;

/** Worker thread: the rolling spectrogram of one node, and the activations of its frames as they come. */
export class LiveService implements FrameHandler {
  readonly #setup: LiveSetup;
  readonly #store: FrameStore;
  readonly #activator: Activator;
  readonly #load = new LoadMeter(() => performance.now(), 1);
  readonly #dictionaries = new Map<number, Dictionary>();
  #streaming = false;

  constructor(setup: LiveSetup) {
    const { end, shape, historyFrames } = setup;
    const bins = binsOf(shape);
    this.#setup = setup;
    this.#activator = new Activator(bins);
    if ('postMessage' in end) {
      this.#store = new FrameStore(bins, historyFrames);
      new PortReceiver(end, this.#store, this);
    } else {
      this.#store = new FrameStore(bins, historyFrames, end);
      void receiveShared(this.#store, this);
    }
  }

  /** The worklet marks every frame with the version in force, so the worker must know a version first. */
  addDictionary(version: number, data: DictionaryData): void {
    this.#dictionaries.set(version, this.#activator.add(data));
    for (const [old, dictionary] of this.#dictionaries) {
      if (this.#dictionaries.size <= DICTIONARIES_KEPT) break;
      dictionary.release();
      this.#dictionaries.delete(old);
    }
  }

  /** Whether every frame goes to the main thread too. */
  streamFrames(streaming: boolean): void {
    this.#streaming = streaming;
  }

  /** A copy of the rolling spectrogram, or of its last `seconds`. */
  spectrogram(seconds = Number.POSITIVE_INFINITY): Spectrogram {
    const { shape, sampleRate, historyFrames } = this.#setup;
    const { fftSize, hopSize, window } = shape;
    const wanted = Math.min(historyFrames, Math.max(1, Math.round((seconds * sampleRate) / hopSize)));
    const magnitudes = this.#store.newest(wanted);
    const bins = binsOf(shape);
    return { magnitudes, frames: magnitudes.length / bins, bins, sampleRate, fftSize, hopSize, window };
  }

  /** Live path of the worker thread: a few arithmetic loops, no waiting. */
  frame(sequence: number, fresh: boolean): number {
    this.#load.begin();
    const answers = fresh ? this.#answer(sequence) : 0;
    this.#load.end();
    this.#store.workerLoad = this.#load.value;
    if (this.#streaming && fresh) {
      const magnitudes = new Float32Array(this.#store.bins);
      this.#store.copyFrame(sequence, magnitudes);
      this.#post({ type: 'frame', time: this.#store.timeOf(sequence), magnitudes }, [magnitudes.buffer]);
    }
    return answers;
  }

  report(report: Float64Array): void {
    this.#post({ type: 'report', report }, [report.buffer]);
  }

  #answer(sequence: number): number {
    const dictionary = this.#dictionaries.get(this.#store.versionOf(sequence));
    if (!dictionary) return 0;
    this.#store.copyFrame(sequence, this.#activator.frame);
    this.#store.writeAnswer(sequence, this.#activator.activate(dictionary), dictionary.count);
    return dictionary.count;
  }

  #post(message: LiveMessage, transfer: Transferable[]): void {
    this.#setup.port.postMessage(message, transfer);
  }
}
