import { NMFModel } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { Grouping } from '../../../demo/src/audio/Grouping.ts';

/** 3 components with 2 templates each, of 129 bins */
const learned = NMFModel.fromJSON({
  type: 'nmf-model',
  version: 1,
  sampleRate: 44100,
  fftSize: 256,
  hopSize: 128,
  window: 'hann',
  divergence: 'euclidean',
  components: 3,
  labels: [],
  pitchShifts: 0,
  componentOf: [0, 0, 1, 1, 2, 2],
  templates: Buffer.alloc(6 * 129 * Float32Array.BYTES_PER_ELEMENT).toString('base64'),
});

test('without groups the model is the learned one', () => {
  expect(new Grouping(learned, 'clip').model).toBe(learned);
});

test('merging assigns the templates to one stream and does not renumber the others', () => {
  const grouping = new Grouping(learned, 'clip').join(1, 0);
  expect([...grouping.model.componentOf]).toEqual([0, 0, 0, 0, 2, 2]);
  expect(grouping.membersOf(0)).toEqual([0, 1]);
  expect(grouping.membersOf(1)).toEqual([]);
});

test('a whole group can be merged into another component, and split into the learned components', () => {
  const grouping = new Grouping(learned, 'clip').join(1, 0).join(0, 2);
  expect(grouping.groupOf).toEqual([2, 2, 2]);
  expect(grouping.split(2).model).toBe(learned);
});

test('ignores groups that do not fit the model or that form a cycle', () => {
  const grouping = new Grouping(learned, 'clip');
  for (const groups of [
    [0, 0],
    [1, 0, 2],
    [0, 1, 9],
    [0, Number.NaN, 2],
  ])
    expect(grouping.withGroups(groups)).toBe(grouping);
  expect(grouping.withGroups([0, 1, 0]).groupOf).toEqual([0, 1, 0]);
});
