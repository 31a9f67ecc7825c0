// main.js with options in the URL: `?worklet&worker` load the scripts from the site instead of from blob URLs,
// `?trusted` vouches for these addresses, `?family=standardized` or `?family=tone` use another family of contexts.
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
const page = query.has('trusted') && trustedTypes.createPolicy('page', { createScriptURL: (url) => url });

function addressOf(script) {
  const url = new URL(script, location.href);
  return page ? page.createScriptURL(url.href) : url;
}

const options = {
  ...(query.has('worklet') && { workletUrl: addressOf('worklet.js') }),
  ...(query.has('worker') && { workerUrl: addressOf('worker.js') }),
};
globalThis.report = separateForASecond(...FAMILIES[query.get('family') ?? 'native'](), options).catch((error) => ({
  error: String(error),
  cause: String(error.cause),
}));
