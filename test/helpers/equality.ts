import { expect } from 'vitest';

type TypedArray = ArrayBufferView & ArrayLike<unknown>;

const isTypedArray = (value: unknown): value is TypedArray => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Compares a second of sound in milliseconds. Vitest would take up to a second, because it compares each sample like an object. */
function areTypedArraysEqual(a: unknown, b: unknown): boolean | undefined {
  if (!isTypedArray(a) || !isTypedArray(b)) return undefined;
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

expect.addEqualityTesters([areTypedArraysEqual]);
