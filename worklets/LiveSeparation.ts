import type { AdaptationOptions } from '../src/dsp/live/Adaptation.ts';
import { AdaptiveModel } from '../src/dsp/live/AdaptiveModel.ts';
import type { Dictionary } from '../src/dsp/live/Dictionary.ts';
import { type DictionaryData, isStereo } from '../src/dsp/live/DictionaryData.ts';
import { Levels } from '../src/dsp/live/Levels.ts';
import { BLOCK, type LiveLayout, latencyOf } from '../src/dsp/live/LiveLayout.ts';
import { MASK_EXPONENT } from '../src/dsp/live/maskExponent.ts';
import { namesCopies, namingFrame, namingSpacing } from '../src/dsp/live/naming.ts';
import { OwnNaming } from '../src/dsp/live/OwnNaming.ts';
import { taughtCount } from '../src/dsp/live/pitchShifts.ts';
import { type ProcessBlock, QuantumAdapter, quantumDelay } from '../src/dsp/live/QuantumAdapter.ts';
import { type CopyNaming, type PendingFrame, SeparationChain } from '../src/dsp/live/SeparationChain.ts';
import { SoundMeter } from '../src/dsp/live/SoundMeter.ts';
import { binsOf } from '../src/dsp/transform/StftLayout.ts';
import { supportOf } from '../src/dsp/transform/window.ts';
import type { ProcessorMessage, ProcessorSetup } from '../src/protocol/processor.ts';
import { REPORT } from '../src/protocol/report.ts';
import { FrameStore } from '../src/transport/FrameStore.ts';
import { LoadMeter } from '../src/transport/LoadMeter.ts';
import { type FrameSender, isPort, type LinkEnd } from '../src/transport/link.ts';
import { PortSender } from '../src/transport/port.ts';
import { SharedSender } from '../src/transport/shared.ts';
import { OnsetReport } from './OnsetReport.ts';

/** Frames from one report of the load to the next: it changes every two seconds. */
const FRAMES_PER_LOAD = 16;
/** How many frames that name an answer may lie back. */
const LATEST_NAMES = 12;

/**
 * The audio thread's part, and thin: it runs the separation chain, keeps the frames, and passes on what others need.
 * `process` allocates nothing but two messages a hop: the frame, where a port carries it, and the report; and one for each
 * onset, while somebody wants to know of them. Everything else happens between quanta.
 */
export class LiveSeparation {
  readonly #port: MessagePort;
  readonly #setup: ProcessorSetup;
  readonly #chain: SeparationChain;
  readonly #store: FrameStore;
  readonly #report: Float64Array;
  readonly #heard: SoundMeter;
  readonly #levels: Levels;
  readonly #onsets: OnsetReport;
  readonly #load = new LoadMeter(Date.now, 7);
  readonly #reportMessage: ProcessorMessage;
  /** For quanta that are not one block. */
  #adapter: QuantumAdapter | null = null;
  /** What the parameter was in the quantum before: one value. */
  readonly #maskExponents = new Float32Array(1).fill(Number.NaN);
  /** Context time at the end of the block in hand, in samples. */
  #blockEnd = 0;
  #sender: FrameSender | null = null;
  #version = 0;
  /** null where sound is live: the worker adapts the model then, and nothing of it is kept here. */
  readonly #model: AdaptiveModel | null;
  #levelsInForce: Float32Array = new Float32Array(0);
  /** To be put into force after the block in hand. */
  #adapted: DictionaryData | null = null;
  /** Whether the frames of the model in force are stereo, so that the worker names copies instead of activating frames. */
  #isStereo = false;
  /** Of the model whose frames are masked now. */
  #taughtLevels: Float32Array | undefined;
  #framesActivated = 0;
  #lateFrames = 0;

  constructor(setup: ProcessorSetup, port: MessagePort) {
    this.#setup = setup;
    this.#port = port;
    const { layout, components, channels, historyFrames, shared, length, quantumSize, activation } = setup;
    const live = length === null;
    this.#store = new FrameStore(binsOf(layout), historyFrames, shared ?? undefined);
    const spectrogram = { ...layout, sampleRate };
    this.#report = new Float64Array(REPORT.activations + 2 * components);
    this.#model = live ? null : new AdaptiveModel(spectrogram);
    this.#heard = new SoundMeter(spectrogram, historyFrames);
    this.#levels = new Levels(components, spectrogram);
    const latency = latencyOf(layout) + quantumDelay(quantumSize);
    const timeOf = (sequence: number) => this.#store.timeOf(sequence);
    this.#onsets = new OnsetReport(components, spectrogram, latency, port, timeOf);
    this.#reportMessage = { type: 'report', report: this.#report };
    if (quantumSize !== BLOCK) this.#adapter = new QuantumAdapter(quantumSize, components, channels);
    this.#chain = new SeparationChain({
      layout,
      components,
      channels,
      // Live there is no time for more on the audio thread; offline there is.
      namedAlone: live || namesCopies(layout),
      inSuccession: activation === 'worklet' && namesCopies(layout),
      naming: live ? this.#workerNaming(layout) : new OwnNaming(layout),
      source: { submit: (frame) => this.#submit(frame), collect: (frame) => this.#collect(frame) },
      onAmplitudes: ({ sequence, dictionary }, amplitudes) =>
        this.#onsets.add(sequence, dictionary?.levels, amplitudes),
      onFrame: (frame, activations, amplitudes) => this.#tell(frame, activations, amplitudes),
    });
    this.watchOnsets(false);
  }

  /** Audio thread; never locks, waits or throws. */
  process(input: readonly Float32Array[], outputs: Float32Array[][], maskExponents: Float32Array): void {
    this.#load.begin();
    if (maskExponents[0] !== this.#maskExponents[0]) this.#setMaskExponent(maskExponents);
    const size = outputs[0][0].length;
    if (size === BLOCK) this.#processBlock(BLOCK, input, outputs);
    else this.#adapterFor(size).process(input, outputs, this.#processBlock);
    this.#load.end();
  }

  /** Between quanta: may allocate. */
  setModel(version: number, dictionary: DictionaryData | null): void {
    // Levels tell one model from another, so a model that has none gets some that are unknown.
    this.#levelsInForce = dictionary?.levels ?? new Float32Array(0);
    this.putIntoForce(version, dictionary);
    this.#model?.setModel(dictionary);
  }

  /** Between quanta: may allocate. What the model in force has become, where it follows what is heard. */
  putIntoForce(version: number, dictionary: DictionaryData | null): void {
    this.#version = version;
    this.#isStereo = isStereo(dictionary, this.#setup.channels);
    this.#chain.setDictionary(dictionary && { ...dictionary, levels: this.#levelsInForce });
  }

  /** Between quanta. Offline only, where there is time for it on the audio thread. */
  adapt(options: AdaptationOptions | null): void {
    this.#model?.adapt(options);
  }

  /** Between quanta. */
  watchOnsets(watched: boolean): void {
    const offline = this.#setup.length !== null;
    this.#chain.measuring = watched || offline;
  }

  /** Between quanta. Frames go to that end from now on, and no longer to the one before. */
  setLink(end: LinkEnd | null): void {
    this.#sender?.close();
    this.#sender = end && this.#senderFor(end);
  }

  /** Gives everything back; not to be used afterwards. */
  release(): void {
    this.setLink(null);
    this.#model?.release();
    this.#chain.release();
  }

  /** Offline only: allocates. */
  #putAdaptedIntoForce(dictionary: DictionaryData): void {
    this.#adapted = null;
    this.putIntoForce(this.#version, dictionary);
    const templates = dictionary.templates.slice(0, taughtCount(dictionary) * this.#store.bins);
    const message: ProcessorMessage = { type: 'adapted', version: this.#version, templates };
    this.#port.postMessage(message, [templates.buffer]);
  }

  /** Audio thread. */
  readonly #processBlock: ProcessBlock = (taken, input, outputs) => {
    // In node-web-audio-api it is a BigInt.
    this.#blockEnd = Number(currentFrame) + taken;
    this.#chain.process(input, outputs);
    if (this.#adapted) this.#putAdaptedIntoForce(this.#adapted);
  };

  #setMaskExponent(maskExponents: Float32Array): void {
    this.#maskExponents[0] = maskExponents[0];
    this.#chain.maskExponent = clampedExponent(maskExponents[0]);
  }

  /** Audio thread. Allocates, once, only where the context did not tell its size of quanta. */
  #adapterFor(size: number): QuantumAdapter {
    if (this.#adapter?.size !== size) {
      this.#adapter = new QuantumAdapter(size, this.#setup.components, this.#setup.channels);
    }
    return this.#adapter;
  }

  /** Copies are named by the worker, where it has no more to do. */
  #workerNaming(layout: LiveLayout): CopyNaming {
    const spacing = namingSpacing(layout.hopSize);
    let last = -1;
    return {
      submit() {},
      // Audio thread. Where the worker is late, an answer to an older frame will do; without one, what it named last stays.
      collect: (sequence, names) => {
        if (this.#setup.activation === 'worker' && !this.#isStereo) return false;
        const oldest = Math.max(last + 1, sequence - LATEST_NAMES * spacing);
        for (let from = namingFrame(sequence, layout); from >= oldest; from -= spacing) {
          if (this.#store.versionOf(from) !== this.#version) return false;
          if (!this.#store.readAnswer(from, names, names.length)) continue;
          last = from;
          return true;
        }
        return false;
      },
    };
  }

  #submit({ sequence, magnitudes }: PendingFrame): void {
    const middle = supportOf(this.#setup.layout) / 2;
    const heard = this.#blockEnd - middle + this.#chain.latency + quantumDelay(this.#setup.quantumSize);
    this.#store.writeFrame(magnitudes, this.#version, heard / sampleRate);
    this.#heard.add(magnitudes);
    if (this.#model) this.#adapted = this.#model.add(sequence, magnitudes);
    this.#sender?.send();
  }

  #collect({ sequence, h, dictionary }: PendingFrame): boolean {
    return this.#setup.activation === 'worker' && this.#store.readAnswer(sequence, h, dictionary!.count);
  }

  /** Once a hop, for every frame that was masked. Where it is not compiled yet, every number that is not whole costs memory. */
  #tell(
    { sequence, dictionary, activatedBySource }: PendingFrame,
    activations: Float32Array,
    amplitudes: Float32Array,
  ) {
    this.#updateLevels(dictionary, amplitudes);
    if (dictionary) {
      if (activatedBySource || dictionary.isStereo || this.#setup.activation === 'worklet') this.#framesActivated++;
      else this.#lateFrames++;
    }
    const report = this.#report;
    this.#store.copyTime(sequence, report, REPORT.time);
    report[REPORT.framesIn] = sequence + 1;
    report[REPORT.framesActivated] = this.#framesActivated;
    report[REPORT.lateFrames] = this.#lateFrames;
    report[REPORT.nonFiniteSamples] = this.#chain.nonFiniteSamples;
    if (sequence % FRAMES_PER_LOAD === 0) report[REPORT.load] = this.#load.value + this.#store.workerLoad;
    report[REPORT.soundingFrames] = this.#heard.soundingFrames;
    report.set(activations, REPORT.activations);
    report.set(this.#levels.values, REPORT.activations + activations.length);
    this.#port.postMessage(this.#reportMessage);
  }

  #updateLevels(dictionary: Dictionary | null, amplitudes: Float32Array): void {
    if (dictionary && dictionary.levels !== this.#taughtLevels) {
      this.#taughtLevels = dictionary.levels;
      this.#levels.restart(dictionary.levels);
    }
    this.#levels.update(amplitudes);
  }

  #senderFor(end: LinkEnd): FrameSender {
    return isPort(end) ? new PortSender(this.#store, end) : new SharedSender(this.#store);
  }
}

function clampedExponent(value: number): number {
  const { minimum, maximum, standard } = MASK_EXPONENT;
  return value - value === 0 ? Math.min(maximum, Math.max(minimum, value)) : standard;
}
