import { separateForASecond } from './separateForASecond.js';

globalThis.report = separateForASecond(
  new AudioContext({ sampleRate: 44100 }),
  new OfflineAudioContext(2, 44100, 44100),
);
