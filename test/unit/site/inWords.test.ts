import { expect, test } from 'vitest';
import { inWords } from '../../../site/src/playground/inWords.ts';

test.each([
  [{ code: 5 }, 'The recipe has thrown {"code":5}.'],
  ['words', 'The recipe has thrown "words".'],
  [undefined, 'The recipe has thrown undefined.'],
  [new RangeError(), 'RangeError'],
  [new Error(), 'Error'],
  [new Error('Too long'), 'Too long'],
  [new TypeError('No function'), 'TypeError: No function'],
  [new SyntaxError('Error transforming recipe: Unexpected token (3:7)'), 'Line 3: SyntaxError: Unexpected token'],
])('%o is told in words', (error, words) => {
  expect(inWords(error, '')).toBe(words);
});
