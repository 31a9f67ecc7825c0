import { BLOCK } from './LiveLayout.ts';

/**
 * Processes one block: channels × BLOCK samples in, components × channels × BLOCK samples out. `taken` is how much of the
 * quantum's input has gone into this block and those before it.
 */
export type ProcessBlock = (
  taken: number,
  input: readonly Float32Array[],
  output: readonly (readonly Float32Array[])[],
) => void;

/**
 * Samples by which blocks lag behind render quanta of a size: so many at most are left over after a whole number of quanta.
 * None where a quantum is a whole number of blocks.
 */
export function quantumDelay(size: number): number {
  return BLOCK - greatestCommonDivisor(size, BLOCK);
}

/**
 * Runs something that works in blocks in a context with render quanta of another size (`renderQuantumSize`, Web Audio API
 * 1.1). Audio thread; allocates nothing once it is made.
 */
export class QuantumAdapter {
  /** Samples of a quantum. */
  readonly size: number;
  readonly #input: readonly Float32Array[];
  readonly #output: readonly (readonly Float32Array[])[];
  /** What was processed and not yet handed out: components × channels. */
  readonly #queues: readonly (readonly Float32Array[])[];
  /** Samples of the input block so far. */
  #filled = 0;
  /** Samples in each queue. */
  #queued: number;

  constructor(size: number, components: number, channels: number) {
    const makeStreams = (length: number) => Array.from({ length: channels }, () => new Float32Array(length));
    const delay = quantumDelay(size);
    this.size = size;
    this.#input = makeStreams(BLOCK);
    this.#output = Array.from({ length: components }, () => makeStreams(BLOCK));
    this.#queues = Array.from({ length: components }, () => makeStreams(delay + size));
    this.#queued = delay;
  }

  /**
   * One quantum.
   *
   * @param input one array a channel; missing channels are silent
   * @param output components × channels arrays
   * @param processBlock called for every block that is complete
   */
  process(
    input: readonly Float32Array[],
    output: readonly (readonly Float32Array[])[],
    processBlock: ProcessBlock,
  ): void {
    for (let taken = 0; taken < this.size; ) {
      const count = Math.min(this.size - taken, BLOCK - this.#filled);
      this.#take(input, taken, count);
      taken += count;
      if (this.#filled < BLOCK) continue;
      processBlock(taken, this.#input, this.#output);
      this.#queue();
    }
    this.#handOut(output);
  }

  #take(input: readonly Float32Array[], start: number, count: number): void {
    for (let c = 0; c < this.#input.length; c++) {
      for (let n = 0; n < count; n++) this.#input[c][this.#filled + n] = input[c] ? input[c][start + n] : 0;
    }
    this.#filled += count;
  }

  #queue(): void {
    for (let k = 0; k < this.#queues.length; k++) {
      for (let c = 0; c < this.#input.length; c++) this.#queues[k][c].set(this.#output[k][c], this.#queued);
    }
    this.#queued += BLOCK;
    this.#filled = 0;
  }

  #handOut(output: readonly (readonly Float32Array[])[]): void {
    for (let k = 0; k < this.#queues.length; k++) {
      for (let c = 0; c < this.#input.length; c++) {
        const queue = this.#queues[k][c];
        for (let n = 0; n < this.size; n++) output[k][c][n] = queue[n];
        queue.copyWithin(0, this.size, this.#queued);
      }
    }
    this.#queued -= this.size;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
