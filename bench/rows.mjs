/**
 * One measured value, the target (`mark`) that it should meet, and what plots draw of it.
 * @typedef {{ name: string, value: number, unit: string, mark?: Mark, measurements?: Measurement[] }} Row
 * A figure that a value is, or was made of, and what it was measured at: `{ components: 8, microseconds: 75 }`.
 * @typedef {Readonly<Record<string, string | number>>} Measurement
 * @typedef {{ atLeast: number } | { atMost: number }} Mark
 */

/** @param {readonly number[]} values */
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** @param {number} runs @param {() => unknown} run @returns {number} milliseconds, the median */
export function medianMilliseconds(runs, run) {
  return median(
    Array.from({ length: runs }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

/** @param {Row} row */
export function asText({ name, value, unit, mark }) {
  return [value.toPrecision(3).padStart(9), unit.padEnd(24), name, mark ? `(${judged(value, mark)})` : ''].join('  ');
}

/** @param {number} value @param {Mark} mark */
function judged(value, mark) {
  const [sign, bound, met] =
    'atLeast' in mark ? ['≥', mark.atLeast, value >= mark.atLeast] : ['≤', mark.atMost, value <= mark.atMost];
  return `${met ? 'meets' : 'misses'} ${sign} ${bound}`;
}
