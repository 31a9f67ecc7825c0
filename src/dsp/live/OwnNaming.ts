import type { LiveLayout } from './LiveLayout.ts';
import { isNaming, NAMED_COPIES, namingFrame } from './naming.ts';
import type { CopyNaming, PendingFrame } from './SeparationChain.ts';

/** Frames that name while others wait for them, and more. */
const SLOTS = 16;

/** Names copies by solving frames in full on the thread of the chain: offline, where there is time, the same as live. */
export class OwnNaming implements CopyNaming {
  readonly #layout: LiveLayout;
  /** What the newest naming frames have named, and which frames they are. */
  readonly #names = Array.from({ length: SLOTS }, () => ({ sequence: -1, names: new Float32Array(NAMED_COPIES) }));
  #count = 0;
  /** The frame whose names were collected last. */
  #last = -1;

  constructor(layout: LiveLayout) {
    this.#layout = layout;
  }

  submit({ sequence, magnitudes, dictionary }: PendingFrame): void {
    if (!dictionary?.hasCopies || !isNaming(sequence, this.#layout.hopSize)) return;
    const slot = this.#names[this.#count++ % SLOTS];
    slot.sequence = sequence;
    dictionary.activate(magnitudes.byteOffset);
    dictionary.nameCopies(slot.names);
  }

  collect(sequence: number, names: Float32Array): boolean {
    const wanted = namingFrame(sequence, this.#layout);
    if (wanted === this.#last) return false;
    const slot = this.#names.find((candidate) => candidate.sequence === wanted);
    if (!slot) return false;
    this.#last = wanted;
    names.set(slot.names);
    return true;
  }
}
