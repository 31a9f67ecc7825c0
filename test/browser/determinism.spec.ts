// The same seed and clip give the same model, bit for bit, in every engine and in Node.
import { separate } from 'nmf-separator-node';
import * as dsp from 'nmf-separator-node/dsp';
import { expect, test } from 'vitest';
import { FINGERPRINTS, fingerprints, SEPARATED, separatedFingerprint } from '../helpers/determinism.ts';

test('this engine computes the same bits as Node and the other engines', () => {
  expect(fingerprints(dsp)).toEqual(FINGERPRINTS);
});

test.each(['none', 'timbre'] as const)(
  'this engine separates a clip to the same bits, clustering %s',
  async (clustering) => {
    expect(await separatedFingerprint(separate, clustering)).toBe(SEPARATED[clustering]);
  },
);
