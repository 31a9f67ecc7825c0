import workletCode from 'nmf-separator-node/worklet.js?raw';
import { moduleUrl } from './moduleUrl.ts';

/** The address of a processor like the real one, but for the error that it throws when its context has played so long. */
export function brokenWorklet(seconds: number, message: string): string {
  const code = `((registerProcessor) => { ${workletCode} })((name, Processor) =>
    registerProcessor(name, class extends Processor {
      process(...quantum) {
        if (currentTime >= ${seconds}) throw new Error(${JSON.stringify(message)});
        return super.process(...quantum);
      }
    }));`;
  return moduleUrl(code);
}
