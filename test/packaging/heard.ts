// What a page's separator does, heard from outside: no page has to give anything away for it.
import type { NMFSeparatorNode } from 'nmf-separator-node';
import { expect } from 'vitest';

/** Of the last 0.7 s. Levels in dB */
interface Heard {
  /** Of each component, before its fader has an effect elsewhere */
  readonly levels: number[];
  /** Of each pair of components: −1…1 */
  readonly correlations: number[];
  /** Level of what the components lack to the delayed input */
  readonly remainder: number;
}

declare const separators: NMFSeparatorNode[];

/**
 * Runs in the page before its scripts: keeps all separators that it makes in `separators`. A separator of any family of
 * contexts is a node whose prototype is exchanged, which is where it is seen.
 */
export function keepSeparators(): void {
  const kept: object[] = [];
  const { setPrototypeOf } = Object;
  Object.setPrototypeOf = (object, prototype) => {
    setPrototypeOf(object, prototype);
    const isSeparator = Object.prototype.toString.call(object) === '[object NMFSeparatorNode]';
    // The prototype of all separators says the same of itself.
    if (isSeparator && !Object.hasOwn(object, 'constructor')) kept.push(object);
    return object;
  };
  Object.assign(globalThis, { separators: kept });
}

/** True in the page once a separator has learned. */
export const LEARNED = "separators.some(({ state, model }) => state === 'ready' && model !== null)";

/** Runs in the page: attaches analysers to its one separator, and makes a function `heard` that reads them. */
export function hear(): void {
  const separator = separators.find(({ state }) => state === 'ready')!;
  const { components, latency } = separator;
  const context = separator.context as AudioContext;
  const analyserOf = (...nodes: AudioNode[]) => {
    const analyser = context.createAnalyser();
    analyser.fftSize = 32768;
    for (const node of nodes) node.connect(analyser);
    return analyser;
  };
  const inverted = context.createGain();
  inverted.gain.value = -1;
  const delay = context.createDelay(1);
  delay.delayTime.value = latency;
  delay.connect(inverted);
  // The method of the family's AudioNode reaches the separator's input, the separator's own its outputs.
  const { connect } = Object.getPrototypeOf(Object.getPrototypeOf(inverted));
  connect.call(separator, delay);
  const remainder = analyserOf(...components, inverted);
  const analysers = components.map((component) => analyserOf(component));

  const samplesOf = (analyser: AnalyserNode) => {
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples;
  };
  const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, n) => sum + value * b[n], 1e-30);
  const levelOf = (samples: Float32Array) => 10 * Math.log10(product(samples, samples) / samples.length);
  const heard = (): Heard => {
    const streams = analysers.map(samplesOf);
    const correlations = streams.flatMap((a, k) =>
      streams.slice(k + 1).map((b) => product(a, b) / Math.sqrt(product(a, a) * product(b, b))),
    );
    return { levels: streams.map(levelOf), correlations, remainder: levelOf(samplesOf(remainder)) };
  };
  Object.assign(globalThis, { heard });
}

export type Evaluate = <Result>(code: string) => Promise<Result>;

/**
 * Expects that every component sounds, that they differ, and that they add up to the input. Until there is a model they are
 * all the same. `hear` must have run.
 */
export async function expectSeparated(evaluate: Evaluate): Promise<void> {
  await expect
    .poll(() => evaluate<Heard>('heard()'))
    .toSatisfy(
      ({ levels, correlations, remainder }: Heard) =>
        Math.min(...levels) > -60 && Math.max(...correlations) < 0.5 && remainder < Math.max(...levels) - 60,
    );
}

/** Expects that component k is no longer heard. `hear` must have run. */
export async function expectSilent(evaluate: Evaluate, k: number): Promise<void> {
  await expect.poll(async () => (await evaluate<Heard>('heard()')).levels[k]).toBeLessThan(-100);
}
