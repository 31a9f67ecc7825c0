/** A pivot smaller than this share of what it was counts as zero: rounding has eaten its digits. */
const DEPENDENT = 1e-13;

/**
 * The Cholesky factor of a symmetric positive semidefinite matrix. A row that depends on those before it is left out,
 * so that the solution is one of the many that a singular system has.
 */
export class CholeskyFactor {
  readonly #size: number;
  readonly #rows: Float64Array[];

  /** @param rows the matrix, row by row; taken over, and only the lower triangle is read */
  constructor(rows: Float64Array[]) {
    this.#size = rows.length;
    this.#rows = rows;
    for (let i = 0; i < this.#size; i++) {
      const row = rows[i];
      for (let j = 0; j < i; j++) row[j] = (row[j] - dotProduct(row, rows[j], j)) / rows[j][j];
      const pivot = row[i] - dotProduct(row, row, i);
      row[i] = pivot > DEPENDENT * row[i] ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY;
    }
  }

  /** x with A·x = b. */
  solve(b: Float64Array): Float64Array {
    const rows = this.#rows;
    const x = b.slice();
    for (let i = 0; i < this.#size; i++) x[i] = (x[i] - dotProduct(rows[i], x, i)) / rows[i][i];
    for (let i = this.#size - 1; i >= 0; i--) {
      x[i] /= rows[i][i];
      for (let j = 0; j < i; j++) x[j] -= rows[i][j] * x[i];
    }
    return x;
  }
}

/** Of the first `length` values; four sums, because one would wait for itself at every addition. */
function dotProduct(a: Float64Array, b: Float64Array, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}
