import type { DictionaryData } from '../src/dsp/live/Dictionary.ts';
import { binsOf, QUANTUM } from '../src/dsp/live/frameShape.ts';
import { type PendingFrame, SeparationChain } from '../src/dsp/live/SeparationChain.ts';
import { warmUp } from '../src/dsp/live/warmUp.ts';
import { MASK_EXPONENT_RANGE, type ProcessorMessage, type ProcessorSetup, REPORT } from '../src/protocol/protocol.ts';
import { FrameStore } from '../src/transport/FrameStore.ts';
import { LoadMeter } from '../src/transport/LoadMeter.ts';
import type { FrameSender, LinkEnd } from '../src/transport/link.ts';
import { PortSender } from '../src/transport/port.ts';
import { SharedSender } from '../src/transport/shared.ts';

/**
 * The audio thread's part, and thin: it runs the separation chain, keeps the frames, and passes on what others need.
 * `process` allocates nothing but the one message a hop that a port needs; everything else happens between quanta.
 */
export class LiveSeparation {
  readonly #port: MessagePort;
  readonly #setup: ProcessorSetup;
  readonly #chain: SeparationChain;
  readonly #store: FrameStore;
  readonly #report: Float64Array;
  readonly #load = new LoadMeter(Date.now, 7);
  readonly #reportMessage: ProcessorMessage;
  #sender: FrameSender | null = null;
  #version = 0;
  #captured = false;
  #reportDue = false;
  #framesActivated = 0;
  #lateFrames = 0;

  constructor(setup: ProcessorSetup, port: MessagePort) {
    this.#setup = setup;
    this.#port = port;
    const { shape, components, channels, historyFrames, shared, live } = setup;
    this.#store = new FrameStore(binsOf(shape), historyFrames, shared ?? undefined);
    this.#report = new Float64Array(REPORT.activations + components);
    this.#reportMessage = { type: 'report', report: this.#report };
    warmUp();
    this.#chain = new SeparationChain({
      shape,
      components,
      channels,
      // Live, frames are activated here only in a hurry.
      hurried: live,
      source: { submit: (frame) => this.#submit(frame), collect: (frame) => this.#collect(frame) },
      onFrame: (frame, activations) => this.#masked(frame, activations),
    });
  }

  /** Audio thread; never locks, waits or throws. */
  process(input: readonly Float32Array[], outputs: Float32Array[][], maskExponent: number): void {
    this.#load.begin();
    this.#chain.process(input, outputs, clampedExponent(maskExponent));
    this.#send();
    this.#load.end();
  }

  /** Between quanta: may allocate. */
  setModel(version: number, dictionary: DictionaryData | null): void {
    this.#version = version;
    this.#chain.setDictionary(dictionary);
  }

  /** Between quanta. Frames go to that end from now on, and no longer to the one before. */
  setLink(end: LinkEnd | null): void {
    this.#sender?.close();
    this.#sender = end && this.#senderFor(end);
  }

  /** Gives everything back; not to be used afterwards. */
  release(): void {
    this.setLink(null);
    this.#chain.release();
  }

  #submit({ magnitudes }: PendingFrame): void {
    const { support } = this.#setup.shape;
    const heard = currentFrame + QUANTUM - support / 2 + this.#chain.latency;
    this.#store.writeFrame(magnitudes, this.#version, heard / sampleRate);
    this.#captured = true;
  }

  #collect({ sequence, h, dictionary }: PendingFrame): boolean {
    return this.#setup.activation === 'worker' && this.#store.readAnswer(sequence, h, dictionary!.count);
  }

  #masked({ sequence, dictionary, activatedBySource }: PendingFrame, activations: Float32Array): void {
    if (dictionary) {
      if (activatedBySource || this.#setup.activation === 'worklet') this.#framesActivated++;
      else this.#lateFrames++;
    }
    const report = this.#report;
    report[REPORT.time] = this.#store.timeOf(sequence);
    report[REPORT.framesIn] = sequence + 1;
    report[REPORT.framesActivated] = this.#framesActivated;
    report[REPORT.lateFrames] = this.#lateFrames;
    report[REPORT.nonFiniteSamples] = this.#chain.nonFiniteSamples;
    report[REPORT.load] = this.#load.value + this.#store.workerLoad;
    for (let k = 0; k < activations.length; k++) report[REPORT.activations + k] = activations[k];
    this.#reportDue = true;
  }

  /**
   * A report rides with a frame where it can, so that no hop costs more than one message. It waits for the next frame, and
   * goes alone where that is not taken: a worker that is behind, or dead, keeps no activations from anyone.
   */
  #send(): void {
    const captured = this.#captured;
    this.#captured = false;
    if (captured && this.#sender?.send(this.#reportDue ? this.#report : null)) this.#reportDue = false;
    if (!this.#reportDue || (!captured && this.#sender?.carriesReports)) return;
    this.#reportDue = false;
    this.#port.postMessage(this.#reportMessage);
  }

  #senderFor(end: LinkEnd): FrameSender {
    if ('postMessage' in end) return new PortSender(this.#store, end, this.#setup.live);
    return new SharedSender(this.#store);
  }
}

function clampedExponent(value: number): number {
  const { minimum, maximum, standard } = MASK_EXPONENT_RANGE;
  return value - value === 0 ? Math.min(maximum, Math.max(minimum, value)) : standard;
}
