const FIRST = 0.5;
const LARGEST = 1;
/** What it is multiplied with after an extrapolation that lowered the loss, and after one that raised it. */
const GROWTH = 1.1;
const SHRINKAGE = 0.5;

/** β of an extrapolation X + β·(X − previous X), which grows for as long as that lowers the loss. */
export class StepSize {
  #value = FIRST;

  get value(): number {
    return this.#value;
  }

  grow(): void {
    this.#value = Math.min(LARGEST, this.#value * GROWTH);
  }

  shrink(): void {
    this.#value *= SHRINKAGE;
  }
}
