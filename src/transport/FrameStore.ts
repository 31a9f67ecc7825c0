import { MAXIMUM_TEMPLATES } from '../dsp/limits.ts';
import { ANSWER_SLOTS, SLACK, storeLayout } from './storeLayout.ts';

/**
 * The memory that worklet and worker live on: the rolling spectrogram, which frames it holds, and the activations that
 * answered them. Where the page is cross-origin isolated both threads look at the same bytes; elsewhere each has a
 * store of its own, kept alike by messages.
 *
 * Wait-free: one thread writes frames, one thread writes answers, and a slot is written before it is published. Whoever
 * copies from a slot looks again afterwards whether it was overwritten meanwhile.
 */
export class FrameStore {
  readonly bins: number;
  /** Frames the ring holds. */
  readonly capacity: number;
  readonly buffer: ArrayBufferLike;
  /** How many frames have been written. Atomic; also what the worker waits on. */
  readonly written: Int32Array;
  readonly #load: Float64Array;
  readonly #versions: Int32Array;
  readonly #answered: Int32Array;
  readonly #times: Float64Array;
  readonly #magnitudes: Float32Array;
  readonly #answers: Float32Array;
  /** Sequence number of the first frame this side has seen. */
  #first = 0;

  /** @param buffer of the bytes that `storeLayout` gives for the same sizes; one of its own where absent */
  constructor(
    bins: number,
    historyFrames: number,
    buffer: ArrayBufferLike = new ArrayBuffer(storeLayout(bins, historyFrames).bytes),
  ) {
    const { places } = storeLayout(bins, historyFrames);
    const floats = ({ offset, length }: typeof places.answers) => new Float32Array(buffer, offset, length);
    const doubles = ({ offset, length }: typeof places.times) => new Float64Array(buffer, offset, length);
    const integers = ({ offset, length }: typeof places.written) => new Int32Array(buffer, offset, length);
    this.bins = bins;
    this.capacity = historyFrames + SLACK;
    this.buffer = buffer;
    this.#times = doubles(places.times);
    this.#load = doubles(places.load);
    this.written = integers(places.written);
    this.#versions = integers(places.versions);
    this.#answered = integers(places.answered);
    this.#magnitudes = floats(places.magnitudes);
    this.#answers = floats(places.answers);
  }

  /** Frames written so far. Any thread. */
  get frames(): number {
    return Atomics.load(this.written, 0);
  }

  /** Share of its time that the worker spends on frames. Any thread. */
  get workerLoad(): number {
    return this.#load[0];
  }

  set workerLoad(value: number) {
    this.#load[0] = value;
  }

  /** The thread that captures frames; allocates nothing. */
  writeFrame(magnitudes: Float32Array, version: number, time: number): void {
    const sequence = this.written[0];
    const slot = sequence % this.capacity;
    this.#magnitudes.set(magnitudes, slot * this.bins);
    this.#versions[slot] = version;
    this.#times[slot] = time;
    Atomics.store(this.written, 0, sequence + 1);
  }

  /** Starts over at a frame, so that sequence numbers stay those of the sender where some were never received. */
  restartAt(sequence: number): void {
    this.#first = sequence;
    Atomics.store(this.written, 0, sequence);
  }

  /** Any thread; allocates nothing. */
  copyFrame(sequence: number, target: Float32Array, offset = 0): void {
    const start = (sequence % this.capacity) * this.bins;
    for (let f = 0; f < this.bins; f++) target[offset + f] = this.#magnitudes[start + f];
  }

  /** The dictionary version that was in force when the frame was captured; 0 is none. Any thread. */
  versionOf(sequence: number): number {
    return this.#versions[sequence % this.capacity];
  }

  /** Context time at which the middle of the frame is heard, in seconds. Any thread. */
  timeOf(sequence: number): number {
    return this.#times[sequence % this.capacity];
  }

  /** The same, into an array. Audio thread; allocates nothing. */
  copyTime(sequence: number, target: Float64Array, index: number): void {
    target[index] = this.#times[sequence % this.capacity];
  }

  /** The thread that answers; allocates nothing. @param offset of the first value in `h` */
  writeAnswer(sequence: number, h: Float32Array, count: number, offset = 0): void {
    const slot = sequence % ANSWER_SLOTS;
    Atomics.store(this.#answered, slot, 0);
    const start = slot * MAXIMUM_TEMPLATES;
    for (let r = 0; r < count; r++) this.#answers[start + r] = h[offset + r];
    Atomics.store(this.#answered, slot, sequence + 1);
  }

  /**
   * Audio thread; allocates nothing. Fills `count` values of `h` and returns true if the frame has been answered. Where the
   * answer to a later frame has overwritten the slot, before or during the copy, it returns false.
   *
   * @param offset of the first value in `h`
   */
  readAnswer(sequence: number, h: Float32Array, count: number, offset = 0): boolean {
    const slot = sequence % ANSWER_SLOTS;
    if (Atomics.load(this.#answered, slot) !== sequence + 1) return false;
    const start = slot * MAXIMUM_TEMPLATES;
    for (let r = 0; r < count; r++) h[offset + r] = this.#answers[start + r];
    return Atomics.load(this.#answered, slot) === sequence + 1;
  }

  /** The newest `frames` frames (at most what the ring holds beyond its slack), oldest first: frames × bins. */
  newest(frames: number): Float32Array {
    for (;;) {
      const end = this.frames;
      const count = Math.min(frames, end - this.#first, this.capacity - SLACK);
      const copy = new Float32Array(count * this.bins);
      for (let t = 0; t < count; t++) this.copyFrame(end - count + t, copy, t * this.bins);
      if (this.frames - end < SLACK) return copy;
    }
  }
}
