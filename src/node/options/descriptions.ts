import { type Descriptions, interfaceSource } from '../../parameters/documentation.ts';
import {
  ADAPT_PARAMETERS,
  LEARN_PARAMETERS,
  LISTEN_PARAMETERS,
  NODE_PARAMETERS,
  SEPARATE_PARAMETERS,
  SONIFY_PARAMETERS,
  SUGGEST_PARAMETERS,
} from './parameters.ts';

/** The options in words. Only for documentation: see `npm run parameters`. */

const WORKER_URL = {
  text: 'Where `nmf-separator-node/worker.js` is served, for a strict Content-Security-Policy',
  standard: 'the embedded code',
};

export const NODE_DESCRIPTIONS: Descriptions<typeof NODE_PARAMETERS> = {
  components: { text: 'K, the streams out' },
  channelCount: { text: 'Channels that the input is mixed up or down to, and that every component has' },
  channelCountMode: { text: 'Fixed, as for any worklet with several outputs' },
  channelInterpretation: { text: 'How the input is mixed to them' },
  latencyHint: { text: 'How much delay the separation may cost', type: 'LatencyHint' },
  fftSize: { text: 'Length of a frame' },
  hopSize: {
    text: 'From one frame to the next',
    note: 'at most half of `fftSize`, and one of two sizes in the low-latency modes',
    standard: 'by `latencyHint`',
  },
  window: { text: "Analysis window for `'playback'`", note: 'the other modes bring their own' },
  divergence: {
    text: 'What learning minimises',
    note: "`'euclidean'` is the lecture's formulation 1",
    type: 'Divergence',
  },
  activation: {
    text: 'Where H is updated live',
    note: "offline always `'worklet'`",
    standard:
      "`'worker'` for `'playback'`, `'worklet'` for the other modes and where the context renders much in a row",
    type: 'Activation',
  },
  historySeconds: { text: 'Length of the rolling spectrogram' },
  maskExponent: {
    text: 'Initial value of the AudioParam',
    note: "2 is a Wiener filter, 1 the ratio filter; `'model'` is what the model in force was learned for, and 2 without one, until the AudioParam is set or automated",
  },
  model: { text: 'A learned model, used from the first sample on', note: 'one of another shape is converted' },
  adaptive: { text: 'Whether the templates follow what is heard, and how', note: 'see `adapt`', standard: '`false`' },
  workletUrl: {
    text: 'Where `nmf-separator-node/worklet.js` is served, for a strict Content-Security-Policy',
    standard: 'the embedded code',
  },
  workerUrl: WORKER_URL,
};

const LEARN_DESCRIPTIONS: Descriptions<typeof LEARN_PARAMETERS> = {
  seconds: { text: 'Seconds of the rolling spectrogram to learn from, the last ones', standard: 'all of it' },
  signal: { text: 'Ends learning', note: 'nothing has changed then' },
};

const LISTEN_DESCRIPTIONS: Descriptions<typeof LISTEN_PARAMETERS> = {
  signal: { text: 'Ends listening' },
};

const ADAPT_DESCRIPTIONS: Descriptions<typeof ADAPT_PARAMETERS> = {
  memorySeconds: { text: 'How soon what was heard is forgotten', note: 'by then it counts a third' },
  trust: { text: 'How much the model in force counts against what is heard', note: 'at 1 nothing changes' },
};

const SEPARATE_DESCRIPTIONS: Descriptions<typeof SEPARATE_PARAMETERS> = {
  onProgress: { text: 'Told how much is done, from 0 to 1' },
};

const SONIFY_DESCRIPTIONS: Descriptions<typeof SONIFY_PARAMETERS> = {
  seconds: { text: 'How long the component is to sound' },
  iterations: { text: 'Iterations of Griffin-Lim' },
  seed: { text: 'Of the phases it starts from' },
};

const SUGGEST_DESCRIPTIONS: Descriptions<typeof SUGGEST_PARAMETERS> = {
  sampleRate: { text: 'The sampling rate to work at', standard: "the clip's, or 44100 for samples without a rate" },
  max: { text: 'Largest number of components to try' },
  divergence: { text: 'What learning minimises', type: 'Divergence' },
  seed: { text: 'Of the random numbers', note: 'the same seed and clip give the same bits' },
  signal: { text: 'Ends the work' },
  workerUrl: WORKER_URL,
};

/** The text of `optionTypes.ts`. */
export function optionTypesSource(): string {
  return [
    '// Written by `npm run parameters` from parameters.ts and descriptions.ts: change those.',
    "import type { Divergence } from '../../dsp/divergence.ts';",
    "import type { BlindLearningOptions, SupervisedLearningOptions } from '../../dsp/learning/LearningOptions.ts';",
    "import type { LatencyHint } from '../../dsp/live/latencyModes.ts';",
    "import type { NMFModel } from '../../model/NMFModel.ts';",
    "import type { NMFModelJSON } from '../../model/NMFModelJSON.ts';",
    "import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';",
    "import type { Activation } from './parameters.ts';",
    '',
    interfaceSource({
      name: 'NMFSeparatorOptions',
      text: 'How a node separates; every option has a default.',
      table: NODE_PARAMETERS,
      descriptions: NODE_DESCRIPTIONS,
    }),
    interfaceSource({
      name: 'LearnOptions',
      text: 'How to learn: what both kinds of learning take, what blind learning takes, and what supervised learning takes.',
      table: LEARN_PARAMETERS,
      descriptions: LEARN_DESCRIPTIONS,
      extended: ['BlindLearningOptions', 'SupervisedLearningOptions'],
    }),
    interfaceSource({
      name: 'ListenOptions',
      text: 'How to listen.',
      table: LISTEN_PARAMETERS,
      descriptions: LISTEN_DESCRIPTIONS,
    }),
    interfaceSource({
      name: 'AdaptOptions',
      text: 'How templates follow what is heard.',
      table: ADAPT_PARAMETERS,
      descriptions: ADAPT_DESCRIPTIONS,
    }),
    interfaceSource({
      name: 'SeparateOptions',
      text: 'Options of the node and of learning; `maskExponent` is fixed for the clip.',
      table: SEPARATE_PARAMETERS,
      descriptions: SEPARATE_DESCRIPTIONS,
      extended: ['NMFSeparatorOptions', 'LearnOptions'],
    }),
    interfaceSource({
      name: 'SonifyOptions',
      text: 'How long a component is to sound, and how exactly.',
      table: SONIFY_PARAMETERS,
      descriptions: SONIFY_DESCRIPTIONS,
    }),
    interfaceSource({
      name: 'SuggestOptions',
      text: 'How far to look.',
      table: SUGGEST_PARAMETERS,
      descriptions: SUGGEST_DESCRIPTIONS,
    }),
  ].join('\n');
}
