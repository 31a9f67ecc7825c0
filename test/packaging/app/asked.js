// The same as main.js, with what the address asks for: `?worklet&worker` for the files of the package that the site
// serves itself, `?family=standardized` or `?family=tone` for another kind of context.
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

const asked = new URLSearchParams(location.search);
const options = {
  ...(asked.has('worklet') && { workletUrl: new URL('worklet.js', location.href) }),
  ...(asked.has('worker') && { workerUrl: new URL('worker.js', location.href) }),
};
globalThis.report = separateForASecond(...FAMILIES[asked.get('family') ?? 'native'](), options).catch((error) => ({
  error: String(error),
}));
