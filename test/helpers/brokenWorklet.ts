import workletCode from 'nmf-separator-node/worklet.js?raw';
import { moduleUrl } from './moduleUrl.ts';
import { throwingProcessor } from './throwingProcessor.ts';

/** URL of the real processor, modified to throw an error once its context's time reaches `seconds`. */
export function brokenWorklet(seconds: number, message: string): string {
  return moduleUrl(throwingProcessor(workletCode, seconds, message));
}
