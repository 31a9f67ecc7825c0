import { AudioContext, OfflineAudioContext } from 'node-web-audio-api';
import { connect, once, renderIn, running } from './contexts.ts';
import type { Family } from './familyContract.ts';

/** Plays into nothing. TypeScript's DOM library does not know `sinkId` yet. */
export const SILENT = { sinkId: { type: 'none' } } as AudioContextOptions;

/** The contexts of node-web-audio-api, in Node. Machines without a sound card run them too. */
export const NODE_FAMILY: Family = {
  name: 'node-web-audio-api',
  connect,
  live: once(() => running(new AudioContext(SILENT))),
  render: renderIn((...layout) => new OfflineAudioContext(...layout)),
  foreignNode: () => new OfflineAudioContext(1, 128, 44100).createGain(),
  unlikeTheStandard: ['connect output -1', 'disconnect output -1'],
};
