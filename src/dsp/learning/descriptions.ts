import type { Descriptions } from '../../parameters/documentation.ts';
import { interfaceSource } from '../../parameters/documentation.ts';
import { LEARNING_PARAMETERS, SOURCE_DEFAULTS, SUPERVISED_DEFAULTS } from './parameters.ts';

/** The options of learning in words. Only for documentation: see `npm run parameters`. */
export const LEARNING_DESCRIPTIONS: Descriptions<typeof LEARNING_PARAMETERS> = {
  divergence: { text: 'What learning minimises', standard: "the node's, or `'kullback-leibler'`", type: 'Divergence' },
  solver: {
    text: "`'multiplicative'` is the lecture's rule, to the letter",
    standard: `\`'${LEARNING_PARAMETERS.solver.standard}'\`, for supervised learning \`'${SUPERVISED_DEFAULTS.solver}'\``,
    type: 'SolverName',
  },
  clustering: {
    text: "`'none'`: a component is one pattern. `'timbre'`: a component is a source, its many notes found by their timbre. `'auto'` measures which of them the clip needs",
    standard:
      "`'auto'`; `'none'` where only patterns have what is asked for: `templatesPerComponent`, another divergence than `'kullback-leibler'`, or the solver `'multiplicative'`",
    type: 'ClusteringOption',
  },
  templatesPerComponent: {
    text: 'Columns of W for each stream',
    standard: `${LEARNING_PARAMETERS.templatesPerComponent.standard}, for sources found by timbre ${SOURCE_DEFAULTS.templatesPerComponent}, for supervised learning ${SUPERVISED_DEFAULTS.templatesPerComponent} (fewer where a clip is short)`,
  },
  iterations: {
    text: 'Upper bound of the iterations of each start',
    standard: `${LEARNING_PARAMETERS.iterations.standard}, for supervised learning ${SUPERVISED_DEFAULTS.iterations}`,
  },
  tolerance: {
    text: 'Learning stops when the loss improves by less than this fraction over 10 iterations',
    note: '0 runs all',
    standard: '1e-4',
  },
  restarts: {
    text: 'Starts, of which the one with the lowest loss is kept',
    standard: `${LEARNING_PARAMETERS.restarts.standard}, for supervised learning ${SUPERVISED_DEFAULTS.restarts}`,
  },
  seed: { text: 'Of the random numbers', note: 'the same seed and clip give the same bits' },
  hold: {
    text: 'Components whose templates stay as they are while the others are learned from the mixture',
  },
  order: {
    text: "`'match'` keeps the meaning of the streams when they are learned again, and sorts them by spectral centroid, low first, the first time; `'centroid'` sorts them always; `'none'` leaves them as they come",
    type: 'Order',
  },
  pitchShifts: {
    text: 'Copies of the templates, shifted by up to so many semitones each way',
    note: "`'auto'` is 7 where a trial on the clips says that it helps (never for `'euclidean'` where the audio thread of a live context activates frames), else 0",
  },
};

const common = [
  'divergence',
  'solver',
  'templatesPerComponent',
  'iterations',
  'tolerance',
  'restarts',
  'seed',
] as const;

/** The text of `LearningOptions.ts`. */
export function learningOptionsSource(): string {
  const shared = { table: LEARNING_PARAMETERS, descriptions: LEARNING_DESCRIPTIONS };
  return [
    '// Written by `npm run parameters` from parameters.ts and descriptions.ts: change those.',
    "import type { Divergence } from '../divergence.ts';",
    "import type { ClusteringOption, Order } from './parameters.ts';",
    "import type { SolverName } from './solvers/makeSolver.ts';",
    '',
    interfaceSource({
      ...shared,
      name: 'CommonLearningOptions',
      text: 'How to learn. Options that are left out follow from the kind of learning.',
      members: common,
    }),
    interfaceSource({
      ...shared,
      name: 'BlindLearningOptions',
      text: 'How to learn components from a mixture.',
      members: ['clustering', 'hold', 'order'],
      extended: ['CommonLearningOptions'],
    }),
    interfaceSource({
      ...shared,
      name: 'SupervisedLearningOptions',
      text: 'How to learn from one clip a source.',
      members: ['pitchShifts'],
      extended: ['CommonLearningOptions'],
    }),
    '/** How to learn, whichever way: each kind of learning looks at its own options only. */',
    'export interface LearningOptions extends BlindLearningOptions, SupervisedLearningOptions {}',
    '',
  ].join('\n');
}
