import { registerSeparator } from '../worklets/processor.ts';
import { startWorker } from './worker/startWorker.ts';

/**
 * The script that worklet and worker run: most of their code is the same, so a page downloads it once. On which of the
 * threads it is shows in what there is.
 */
if (typeof registerProcessor === 'function') registerSeparator();
else startWorker();
