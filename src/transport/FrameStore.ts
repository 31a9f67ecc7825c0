/** Frames the ring keeps beyond the rolling spectrogram, so that a reader is not overtaken while it copies. */
const SLACK = 64;
/** More than the frames that can wait for activations at one time. */
const ANSWER_SLOTS = 16;
/** The contract's largest dictionary: 32 components of 64 templates. */
const MAXIMUM_TEMPLATES = 2048;

/**
 * The memory that worklet and worker live on: the rolling spectrogram, which frames it holds, and the activations that
 * answered them. Where the page is cross-origin isolated both threads look at the same bytes; elsewhere each has a
 * store of its own, kept alike by messages.
 *
 * Wait-free: one thread writes frames, one thread writes answers, and a slot is written before it is published.
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

  /** @param buffer made by `FrameStore.bytes` for the same sizes; one of its own where absent */
  constructor(
    bins: number,
    historyFrames: number,
    buffer: ArrayBufferLike = new ArrayBuffer(FrameStore.bytes(bins, historyFrames)),
  ) {
    this.bins = bins;
    this.capacity = historyFrames + SLACK;
    this.buffer = buffer;
    let offset = 0;
    const take = (bytes: number) => {
      const start = offset;
      offset += bytes;
      return start;
    };
    this.#times = new Float64Array(buffer, take(8 * this.capacity), this.capacity);
    this.#load = new Float64Array(buffer, take(8), 1);
    this.written = new Int32Array(buffer, take(8), 1);
    this.#versions = new Int32Array(buffer, take(4 * this.capacity), this.capacity);
    this.#answered = new Int32Array(buffer, take(4 * ANSWER_SLOTS), ANSWER_SLOTS);
    this.#magnitudes = new Float32Array(buffer, take(4 * bins * this.capacity), bins * this.capacity);
    this.#answers = new Float32Array(
      buffer,
      take(4 * ANSWER_SLOTS * MAXIMUM_TEMPLATES),
      ANSWER_SLOTS * MAXIMUM_TEMPLATES,
    );
  }

  static bytes(bins: number, historyFrames: number): number {
    const capacity = historyFrames + SLACK;
    return (
      8 * capacity +
      8 +
      8 +
      4 * capacity +
      4 * ANSWER_SLOTS +
      4 * bins * capacity +
      4 * ANSWER_SLOTS * MAXIMUM_TEMPLATES
    );
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

  /** The thread that answers; allocates nothing. */
  writeAnswer(sequence: number, h: Float32Array, count: number): void {
    const slot = sequence % ANSWER_SLOTS;
    Atomics.store(this.#answered, slot, 0);
    const start = slot * MAXIMUM_TEMPLATES;
    for (let r = 0; r < count; r++) this.#answers[start + r] = h[r];
    Atomics.store(this.#answered, slot, sequence + 1);
  }

  /** Audio thread; allocates nothing. Fills `count` values of `h` and returns true if the frame has been answered. */
  readAnswer(sequence: number, h: Float32Array, count: number): boolean {
    const slot = sequence % ANSWER_SLOTS;
    if (Atomics.load(this.#answered, slot) !== sequence + 1) return false;
    const start = slot * MAXIMUM_TEMPLATES;
    for (let r = 0; r < count; r++) h[r] = this.#answers[start + r];
    return true;
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
