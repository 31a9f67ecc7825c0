import workletCode from 'nmf-separator-node/worklet.js?raw';
import { moduleUrl } from './moduleUrl.ts';

/** URL of the real processor, modified to throw an error once its context's time reaches `seconds`. */
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
