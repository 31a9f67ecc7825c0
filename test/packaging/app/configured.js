// main.js with options in the URL: `?worklet&worker` load the scripts from the site instead of from blob URLs,
// `?family=standardized` or `?family=tone` use another family of contexts.
import {
  AudioContext as StandardizedContext,
  OfflineAudioContext as StandardizedOffline,
} from 'standardized-audio-context';
import * as Tone from 'tone';
import { separateForASecond } from './separateForASecond.js';

const FAMILIES = {
  native: () => [new AudioContext({ sampleRate: 44100 }), new OfflineAudioContext(2, 44100, 44100)],
  standardized: () => [
    new StandardizedContext({ sampleRate: 44100 }),
    new StandardizedOffline({ numberOfChannels: 2, length: 44100, sampleRate: 44100 }),
  ],
  tone: () => [new Tone.Context({ sampleRate: 44100 }), new OfflineAudioContext(2, 44100, 44100)],
};

const query = new URLSearchParams(location.search);
const options = {
  ...(query.has('worklet') && { workletUrl: new URL('worklet.js', location.href) }),
  ...(query.has('worker') && { workerUrl: new URL('worker.js', location.href) }),
};
globalThis.report = separateForASecond(...FAMILIES[query.get('family') ?? 'native'](), options).catch((error) => ({
  error: String(error),
}));
