import { expose } from 'comlink';
import { FactorizationWorker } from './FactorizationWorker.ts';

expose(new FactorizationWorker());
