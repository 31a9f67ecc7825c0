import { expect, it } from 'vitest';
import * as dsp from '../../../src/dsp/index.ts';
import { FINGERPRINTS, fingerprints } from '../../helpers/determinism.ts';

it('Node computes the same bits as the browser engines', () => {
  expect(fingerprints(dsp)).toEqual(FINGERPRINTS);
});
