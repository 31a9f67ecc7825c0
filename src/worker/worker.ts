import { expose } from 'comlink';
import { WorkerService } from './WorkerService.ts';

expose(new WorkerService());
