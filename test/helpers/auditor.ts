import { firstMessage } from './firstMessage.ts';
import { moduleUrl } from './moduleUrl.ts';

/**
 * Compares the sum of the components with the delayed input, sample by sample. It runs on the audio thread, so a blocked
 * main thread cannot make it miss samples. Input 0 is the separator's input, inputs 1 to K are its components.
 */
const CODE = `
  registerProcessor('auditor', class extends AudioWorkletProcessor {
    constructor({ processorOptions: { delay } }) {
      super();
      this.delay = delay;
      this.ring = new Float32Array(16384);
      this.report = { samples: 0, energy: 0, errorEnergy: 0, largestError: 0 };
      Object.assign(this.report, { inputSecondDifference: 0, componentSecondDifference: 0 });
      this.last = [];
      this.port.onmessage = () => this.port.postMessage(this.report);
    }
    secondDifference(stream, x) {
      const last = (this.last[stream] ??= [0, 0]);
      const difference = Math.abs(x - 2 * last[0] + last[1]);
      last[1] = last[0];
      last[0] = x;
      return difference;
    }
    process(inputs) {
      const { ring, report } = this;
      if (report.samples === 0) this.port.postMessage('running');
      for (let n = 0; n < 128; n++) {
        const t = currentFrame + n;
        ring[t % ring.length] = inputs[0][0]?.[n] ?? 0;
        const expected = ring[(t - this.delay + ring.length) % ring.length];
        let sum = 0;
        for (let k = 1; k < inputs.length; k++) {
          const x = inputs[k][0]?.[n] ?? 0;
          sum += x;
          report.componentSecondDifference = Math.max(report.componentSecondDifference, this.secondDifference(k, x));
        }
        const error = Math.abs(sum - expected);
        report.inputSecondDifference = Math.max(report.inputSecondDifference, this.secondDifference(0, expected));
        report.energy += expected * expected;
        report.errorEnergy += error * error;
        report.largestError = Math.max(report.largestError, error);
      }
      report.samples += 128;
      return true;
    }
  });
`;

export interface Audit {
  /** Number of samples compared */
  readonly samples: number;
  /** Σ input² */
  readonly energy: number;
  /** Σ (sum of components − delayed input)² */
  readonly errorEnergy: number;
  readonly largestError: number;
  /** Largest absolute second difference of the input, and of any component. A click is large here. */
  readonly inputSecondDifference: number;
  readonly componentSecondDifference: number;
}

export interface Auditor {
  readonly node: AudioWorkletNode;
  audit(): Promise<Audit>;
}

/** Resolves once it compares. @param delay  the separator's latency in samples */
export async function makeAuditor(context: AudioContext, components: number, delay: number): Promise<Auditor> {
  await context.audioWorklet.addModule(moduleUrl(CODE));
  const node = new AudioWorkletNode(context, 'auditor', {
    numberOfInputs: 1 + components,
    channelCount: 1,
    channelCountMode: 'explicit',
    processorOptions: { delay },
  });
  node.connect(context.destination);
  await firstMessage(node);
  return {
    node,
    audit: () =>
      new Promise((resolve) => {
        node.port.onmessage = ({ data }: MessageEvent<Audit>) => resolve(data);
        node.port.postMessage('report');
      }),
  };
}
