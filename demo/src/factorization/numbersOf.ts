import type { Factorization } from './worker/FactorizationWorker.ts';

/** A factorisation as a file that any program reads: matrices row by row. */
export function numbersOf(factorization: Factorization): Blob {
  const plain = (_name: string, value: unknown) => (value instanceof Float32Array ? [...value] : value);
  return new Blob([JSON.stringify(factorization, plain)], { type: 'application/json' });
}
