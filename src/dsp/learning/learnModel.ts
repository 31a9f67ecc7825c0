import type { LearnReply, LearnRequest, Progress, Sound, Spectrogram } from '../../protocol/protocol.ts';
import { activate } from '../live/activate.ts';
import type { DictionaryData } from '../live/Dictionary.ts';
import { Random } from '../numeric/random.ts';
import { clipMagnitudes } from './clipMagnitudes.ts';
import { templatesOfPatterns } from './convolutivePatterns.ts';
import { factorizeFromStarts, type OnIteration } from './factorize.ts';
import { centroidOrder, matchingOrder } from './order.ts';
import { pitchShiftsHelp, USUAL_PITCH_SHIFTS } from './pitchShiftTrial.ts';

/** Enough to tell whether shifted copies help. */
const TRIAL_ITERATIONS = 60;

/** W, H and the component of each template, before and after they are put in order. */
interface Learned {
  readonly templates: Float32Array;
  readonly activations: Float32Array;
  readonly componentOf: Uint8Array;
  readonly frames: number;
  readonly loss: Float32Array;
  readonly iterations: number;
}

/** Worker thread: learns a dictionary as `NMFSeparatorNode.learn` describes it. Pure: the same request, the same bits. */
export function learnModel(request: LearnRequest, onProgress: (progress: Progress) => void): LearnReply {
  const bins = request.fftSize / 2 + 1;
  const learned = request.supervised
    ? learnSupervised(request, bins, onProgress)
    : learnBlind(request, bins, onProgress);
  const unit = withUnitTemplates(learned, bins);
  const ordered = reorder(unit, orderOf(request, unit, bins));
  return {
    dictionary: { templates: ordered.templates, componentOf: ordered.componentOf, divergence: request.divergence },
    pitchShifts: pitchShiftsOf(request, bins),
    activations: ordered.activations,
    frames: ordered.frames,
    loss: ordered.loss,
    iterations: ordered.iterations,
  };
}

/** How far templates may move. `'auto'` is decided by trial. */
function pitchShiftsOf(request: LearnRequest, bins: number): number {
  if (request.pitchShifts !== 'auto') return request.pitchShifts;
  const learn = (clips: readonly Sound[]): DictionaryData => {
    const trial = { ...request, clips, components: clips.length, iterations: TRIAL_ITERATIONS, restarts: 1 };
    const { templates, componentOf } = withUnitTemplates(
      learnSupervised(trial, bins, () => {}),
      bins,
    );
    return { templates, componentOf, divergence: request.divergence };
  };
  return pitchShiftsHelp(request, learn) ? USUAL_PITCH_SHIFTS : 0;
}

/** K components from a mixture; held components keep the templates they have. */
function learnBlind(request: LearnRequest, bins: number, onProgress: (progress: Progress) => void): Learned {
  const { values, frames } = clipMagnitudes(request.clips[0] as Sound | Spectrogram, request);
  const held = templatesOf(request.previous, request.hold, bins);
  const free = (request.components - request.hold.length) * request.templatesPerComponent;
  const count = held.componentOf.length + free;
  const freeComponents = Array.from({ length: request.components }, (_, k) => k).filter(
    (k) => !request.hold.includes(k),
  );
  const componentOf = Uint8Array.from({ length: count }, (_, r) =>
    r < held.componentOf.length
      ? held.componentOf[r]
      : freeComponents[Math.floor((r - held.componentOf.length) / request.templatesPerComponent)],
  );
  const options = {
    ...solverOptions(request),
    templates: count,
    ...(held.componentOf.length > 0 && heldStart(held.templates, count, bins, request.seed)),
  };
  const factorization = factorizeFromStarts(values, frames, bins, options, reporter(request, onProgress));
  const refinement = canRefine(request) && refined(request, values, frames, factorization.templates);
  return { ...factorization, ...refinement, componentOf, frames };
}

/** Patterns are of Kullback-Leibler, one a component; and what was asked for to the letter is left as it is. */
function canRefine({ divergence, solver, templatesPerComponent, hold }: LearnRequest): boolean {
  return divergence === 'kullback-leibler' && solver === 'fast' && templatesPerComponent === 1 && hold.length === 0;
}

/** Better templates by way of patterns of several frames, and the activations that belong to them. */
function refined(request: LearnRequest, V: Float32Array, frames: number, start: Float32Array) {
  const { components: count, divergence, fftSize, hopSize, seed } = request;
  const bins = fftSize / 2 + 1;
  const spacing = Math.max(1, fftSize / 4 / hopSize);
  const templates = templatesOfPatterns(V, { frames, bins, count }, start, spacing, seed);
  return { templates, activations: activate(V, frames, bins, templates, { divergence }) };
}

/** A start in which the first templates are given and stay, and the others are random. */
function heldStart(held: Float32Array, count: number, bins: number, seed: number) {
  const random = new Random(seed);
  const templates0 = Float32Array.from({ length: count * bins }, () => random.next() / bins);
  templates0.set(held);
  return { templates0, holdTemplates: Array.from({ length: count }, (_, r) => r < held.length / bins) };
}

/** Clip k alone teaches component k; components without a clip keep the templates they have. */
function learnSupervised(request: LearnRequest, bins: number, onProgress: (progress: Progress) => void): Learned {
  const taught = request.clips.map((clip, k): Learned => {
    if (clip === null) {
      const kept = templatesOf(request.previous, [k], bins);
      return { ...kept, activations: new Float32Array(0), frames: 0, loss: new Float32Array(0), iterations: 0 };
    }
    const { values, frames } = clipMagnitudes(clip, request);
    const options = { ...solverOptions(request), templates: request.templatesPerComponent };
    const factorization = factorizeFromStarts(values, frames, bins, options, reporter(request, onProgress));
    return { ...factorization, componentOf: new Uint8Array(request.templatesPerComponent).fill(k), frames };
  });
  return joined(taught);
}

/** Dictionaries side by side; the activations of each clip stand in its own frames and templates. */
function joined(parts: readonly Learned[]): Learned {
  const count = parts.reduce((sum, part) => sum + part.componentOf.length, 0);
  const frames = parts.reduce((sum, part) => sum + part.frames, 0);
  const activations = new Float32Array(frames * count);
  let firstFrame = 0;
  let firstTemplate = 0;
  for (const part of parts) {
    const own = part.componentOf.length;
    for (let t = 0; t < part.frames; t++) {
      activations.set(part.activations.subarray(t * own, (t + 1) * own), (firstFrame + t) * count + firstTemplate);
    }
    firstFrame += part.frames;
    firstTemplate += own;
  }
  const iterations = Math.max(...parts.map((part) => part.iterations));
  return {
    templates: Float32Array.from(parts.flatMap((part) => [...part.templates])),
    componentOf: Uint8Array.from(parts.flatMap((part) => [...part.componentOf])),
    activations,
    frames,
    loss: summedLoss(
      parts.map((part) => part.loss),
      iterations,
    ),
    iterations,
  };
}

/** The loss of all clips together; one that has stopped stays at its last value. */
function summedLoss(losses: readonly Float32Array[], iterations: number): Float32Array {
  return Float32Array.from({ length: iterations }, (_, i) =>
    losses.reduce((sum, loss) => sum + (loss.length ? loss[Math.min(i, loss.length - 1)] : 0), 0),
  );
}

function solverOptions({ divergence, solver, iterations, tolerance, restarts, seed }: LearnRequest) {
  return { divergence, solver, iterations, tolerance, restarts, seed };
}

/** Counts from 1. */
function reporter({ iterations, restarts }: LearnRequest, onProgress: (progress: Progress) => void): OnIteration {
  return (iteration, loss, start) => {
    onProgress({ iteration: iteration + 1, iterations, restart: start + 1, restarts, loss });
    return true;
  };
}

/** The templates that a dictionary has for some components. */
function templatesOf(dictionary: DictionaryData | null, components: readonly number[], bins: number) {
  const rows = [...(dictionary?.componentOf ?? [])]
    .map((_, r) => r)
    .filter((r) => components.includes(dictionary!.componentOf[r]));
  const templates = new Float32Array(rows.length * bins);
  rows.forEach((r, i) => {
    templates.set(dictionary!.templates.subarray(r * bins, (r + 1) * bins), i * bins);
  });
  return { templates, componentOf: Uint8Array.from(rows, (r) => dictionary!.componentOf[r]) };
}

/** What sums to 1 but for so much is left as it is, so that templates kept from the model before keep every bit. */
const ROUNDING = 1e-6;

/** Every template sums to 1; the activations take the scale. A template that vanished becomes flat, and silent. */
function withUnitTemplates(learned: Learned, bins: number): Learned {
  const count = learned.componentOf.length;
  const templates = learned.templates.slice();
  const activations = learned.activations.slice();
  for (let r = 0; r < count; r++) {
    const row = templates.subarray(r * bins, (r + 1) * bins);
    const sum = row.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) < ROUNDING) continue;
    const dead = !(sum > Number.MIN_VALUE);
    for (let f = 0; f < bins; f++) row[f] = dead ? 1 / bins : row[f] / sum;
    for (let t = 0; t < learned.frames; t++) activations[t * count + r] *= dead ? 0 : sum;
  }
  return { ...learned, templates, activations };
}

/** For every component, its new place. Held and taught components stay where they are. */
function orderOf(request: LearnRequest, { templates, componentOf }: Learned, bins: number): readonly number[] {
  const identity = Array.from({ length: request.components }, (_, k) => k);
  if (request.supervised || request.hold.length > 0 || request.order === 'none') return identity;
  const learned = { templates, componentOf, divergence: request.divergence };
  if (request.order === 'match' && request.previous)
    return matchingOrder(learned, request.previous, request.components, bins);
  return centroidOrder(learned, request.components, bins);
}

/** Renames the components and sorts the templates by component. */
function reorder(learned: Learned, placeOf: readonly number[]): Learned {
  const count = learned.componentOf.length;
  const bins = learned.templates.length / count;
  const rows = Array.from({ length: count }, (_, r) => r);
  rows.sort((a, b) => placeOf[learned.componentOf[a]] - placeOf[learned.componentOf[b]] || a - b);
  const templates = new Float32Array(learned.templates.length);
  const activations = new Float32Array(learned.activations.length);
  rows.forEach((from, to) => {
    templates.set(learned.templates.subarray(from * bins, (from + 1) * bins), to * bins);
    for (let t = 0; t < learned.frames; t++) activations[t * count + to] = learned.activations[t * count + from];
  });
  return {
    ...learned,
    templates,
    activations,
    componentOf: Uint8Array.from(rows, (r) => placeOf[learned.componentOf[r]]),
  };
}
