import { expose } from 'comlink';
import { WorkerService } from './WorkerService.ts';

/** What a worker does when it starts. */
export function startWorker(): void {
  expose(new WorkerService());
}
