// What a page's separator does, heard from outside: no page has to give anything away for it.
import type { NMFSeparatorNode } from 'nmf-separator-node';
import { expect } from 'vitest';

/** Of the last 0.7 s. Levels in dB */
interface Heard {
  /** Of each component, after its fader */
  readonly levels: number[];
  /** Of each pair of components: −1…1 */
  readonly correlations: number[];
  /** Level of what the components lack to the delayed input */
  readonly remainder: number;
  /** Level of all that the page plays */
  readonly played: number;
  /** Level of the difference between that and the delayed input; NaN for contexts that are not the browser's own */
  readonly unlike: number;
}

declare const separators: NMFSeparatorNode[];
declare const lastNodes: AudioNode[];

/**
 * Runs in the page before its scripts: keeps all separators that it makes in `separators`, and the nodes that are connected
 * to the loudspeakers in `lastNodes`. A separator of any family of contexts is a node whose prototype is exchanged, which is
 * where it is seen.
 */
export function keepNodes(): void {
  const kept: object[] = [];
  const { setPrototypeOf } = Object;
  Object.setPrototypeOf = (object, prototype) => {
    setPrototypeOf(object, prototype);
    const isSeparator = Object.prototype.toString.call(object) === '[object NMFSeparatorNode]';
    // The prototype of all separators says the same of itself.
    if (isSeparator && !Object.hasOwn(object, 'constructor')) kept.push(object);
    return object;
  };
  const last: AudioNode[] = [];
  const connect = AudioNode.prototype.connect as (...parameters: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...parameters: unknown[]) {
    if (parameters[0] instanceof AudioDestinationNode) last.push(this);
    return connect.apply(this, parameters);
  } as AudioNode['connect'];
  Object.assign(globalThis, { separators: kept, lastNodes: last });
}

/** True in the page once a separator has learned, and its context runs: a click before may not have resumed it yet. */
export const LEARNED =
  "separators.some(({ state, model, context }) => state === 'ready' && model && context.state === 'running')";

/** Runs in the page: attaches analysers to its one separator, and makes a function `heard` that reads them. */
export function hear(): void {
  const separator = separators.find(({ state }) => state === 'ready')!;
  const { components, latency } = separator;
  const context = separator.context as AudioContext;
  const analyserOf = (...nodes: AudioNode[]) => {
    const analyser = (nodes[0].context as AudioContext).createAnalyser();
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
  // There may be others, of contexts that a library tries out.
  const last = lastNodes.filter((node) => (node.context as AudioContext).state === 'running');
  const played = analyserOf(...last);
  const unlike = last[0].context === context ? analyserOf(...last, inverted) : null;

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
    return {
      levels: streams.map(levelOf),
      correlations,
      remainder: levelOf(samplesOf(remainder)),
      played: levelOf(samplesOf(played)),
      unlike: unlike ? levelOf(samplesOf(unlike)) : Number.NaN,
    };
  };
  Object.assign(globalThis, { heard });
}

export type Evaluate = <Result>(code: string) => Promise<Result>;

/** What is heard of a page: its input, as separated; that through effects; nothing, where a microphone is the input */
export type Played = 'the input' | 'effects' | 'nothing';

/**
 * Expects that every component sounds, that they differ, and that they add up to the input; and that the page plays what it
 * should. Until there is a model the components are all the same. `hear` must have run.
 */
export async function expectSeparated(evaluate: Evaluate, what: Played = 'the input'): Promise<void> {
  await expect
    .poll(() => evaluate<Heard>('heard()'))
    .toSatisfy(({ levels, correlations, remainder, played, unlike }: Heard) => {
      const floor = Math.max(...levels) - 60;
      const isPlayed = { 'the input': unlike < floor, effects: played > floor + 30, nothing: played < -100 }[what];
      return Math.min(...levels) > -60 && Math.max(...correlations) < 0.5 && remainder < floor && isPlayed;
    });
}

/** Expects that the page plays nothing. `hear` must have run. */
export async function expectNothingPlayed(evaluate: Evaluate): Promise<void> {
  await expect.poll(async () => (await evaluate<Heard>('heard()')).played).toBeLessThan(-100);
}

/** Expects that component k is no longer heard. `hear` must have run. */
export async function expectSilent(evaluate: Evaluate, k: number): Promise<void> {
  await expect.poll(async () => (await evaluate<Heard>('heard()')).levels[k]).toBeLessThan(-100);
}
