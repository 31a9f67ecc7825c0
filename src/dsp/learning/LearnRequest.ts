import { checkParameters } from '../../parameters/defineParameters.ts';
import type { Divergence } from '../divergence.ts';
import type { DictionaryData } from '../live/DictionaryData.ts';
import { layoutOf, type SpectrogramLayout } from '../transform/StftLayout.ts';
import { checkClip, framesOf, type LearningClip } from './clips.ts';
import type { LearningOptions } from './LearningOptions.ts';
import {
  type ClusteringOption,
  LEARNING_PARAMETERS,
  type Order,
  SOURCE_DEFAULTS,
  SUPERVISED_DEFAULTS,
} from './parameters.ts';
import type { SolverName } from './solvers/makeSolver.ts';
import { POOL_TEMPLATES_PER_SOURCE } from './timbre/poolSize.ts';

/** What a learned dictionary has to fit. */
export interface LearnTarget extends SpectrogramLayout {
  readonly components: number;
  /** Where the options do not say it. */
  readonly divergence: Divergence;
  /** Whether frames may be activated with shifted copies of the templates. */
  readonly affordsPitchShifts: boolean;
  /** The dictionary in force, for `null` clips, `hold` and `order: 'match'`. */
  readonly previous: DictionaryData | null;
}

/** Everything that learning needs, checked, with every default filled in. */
export interface LearnRequest extends SpectrogramLayout {
  /** One clip: blind. Several: supervised, clip k teaches component k. */
  readonly clips: readonly (LearningClip | null)[];
  readonly supervised: boolean;
  readonly components: number;
  readonly divergence: Divergence;
  readonly solver: SolverName;
  readonly clustering: ClusteringOption;
  /** Of components that are one pattern each, or are taught. */
  readonly templatesPerComponent: number;
  /** Of sources that are found by timbre. */
  readonly templatesPerSource: number;
  readonly pitchShifts: 'auto' | number;
  readonly iterations: number;
  readonly tolerance: number;
  readonly restarts: number;
  readonly seed: number;
  readonly order: Order;
  readonly hold: readonly number[];
  readonly previous: DictionaryData | null;
}

/** One clip, or one for each component, where null leaves a component as it is. */
export type PlainSource = LearningClip | readonly (LearningClip | null)[];

/**
 * Checks what is to be learned, and how. Nothing is copied.
 *
 * @throws {TypeError | RangeError} for wrong options, for clips that cannot be learned from, and for as many clips as there
 * are not components
 * @throws {InvalidStateError} where templates should stay as they are and there are none
 */
export function learnRequest(source: PlainSource, options: LearningOptions, target: LearnTarget): LearnRequest {
  checkLearningOptions(options, target.components);
  const { components } = target;
  const supervised = Array.isArray(source);
  const clips: readonly (LearningClip | null)[] = supervised ? source : [source as LearningClip];
  checkClips(clips, supervised, target);
  const hold = supervised ? [] : [...new Set(options.hold ?? [])];
  checkHeld(hold, target);
  const frames = Math.min(...clips.flatMap((clip) => (clip ? [framesOf(clip, target)] : [])));
  const resolved = withDefaults(options, supervised, frames, target);
  const templates = templatesAtOnce(resolved) * (supervised ? 1 : components - hold.length);
  if (frames < templates) {
    throw new RangeError(
      `source: ${frames} frames are too few for ${templates} templates; give a longer clip, or ask for fewer.`,
    );
  }
  return { ...layoutOf(target), ...resolved, clips, supervised, components, hold, previous: target.previous };
}

/** @throws {TypeError | RangeError} naming the option, the value given and what is allowed */
export function checkLearningOptions(options: LearningOptions, components: number): void {
  checkParameters(LEARNING_PARAMETERS, options);
  const beyond = options.hold?.find((k) => k >= components);
  if (beyond !== undefined) throw new RangeError(`hold: ${beyond} given; it must be from 0 to ${components - 1}.`);
}

function checkClips(clips: readonly (LearningClip | null)[], supervised: boolean, target: LearnTarget): void {
  const { components } = target;
  if (supervised && clips.length !== components) {
    throw new RangeError(
      `source: ${clips.length} clips given for ${components} components; give one for each, or null to leave it as it is.`,
    );
  }
  clips.forEach((clip, k) => {
    if (clip !== null) checkClip(clip, target, supervised ? `clip ${k}` : 'the clip');
  });
  if (clips.every((clip) => clip === null))
    throw new RangeError('source: every clip is null; there is nothing to learn from.');
  const kept = clips.flatMap((clip, k) => (clip ? [] : [k]));
  requireTemplates(kept, target.previous, 'a null clip');
}

function checkHeld(hold: readonly number[], { components, previous }: LearnTarget): void {
  requireTemplates(hold, previous, 'hold');
  if (hold.length === components) throw new RangeError('hold: every component is held; there is nothing to learn.');
}

/** @throws {InvalidStateError} where a dictionary lacks templates for a component */
function requireTemplates(components: readonly number[], dictionary: DictionaryData | null, what: string): void {
  if (components.length === 0) return;
  const invalid = (message: string) => new DOMException(`${what}: ${message}`, 'InvalidStateError');
  if (!dictionary) throw invalid('there is no model whose templates could stay as they are.');
  const missing = components.find((k) => !dictionary.componentOf.includes(k));
  if (missing !== undefined) throw invalid(`the model has no templates for component ${missing}.`);
}

function withDefaults(options: LearningOptions, supervised: boolean, frames: number, target: LearnTarget) {
  const blind = LEARNING_PARAMETERS;
  const taught = SUPERVISED_DEFAULTS;
  const { pitchShifts = blind.pitchShifts.standard } = options;
  const affordable = pitchShifts === 'auto' && !target.affordsPitchShifts ? 0 : pitchShifts;
  const divergence = options.divergence ?? target.divergence;
  const solver = options.solver ?? (supervised ? taught.solver : blind.solver.standard);
  const clustering = supervised ? 'none' : clusteringOf(options, divergence, solver);
  const standard = supervised ? Math.min(taught.templatesPerComponent, frames) : blind.templatesPerComponent.standard;
  return {
    divergence,
    solver,
    clustering,
    templatesPerComponent: clustering === 'timbre' ? 1 : (options.templatesPerComponent ?? standard),
    templatesPerSource: options.templatesPerComponent ?? SOURCE_DEFAULTS.templatesPerComponent,
    pitchShifts: supervised ? affordable : 0,
    iterations: options.iterations ?? (supervised ? taught.iterations : blind.iterations.standard),
    tolerance: options.tolerance ?? blind.tolerance.standard,
    restarts: options.restarts ?? (supervised ? taught.restarts : blind.restarts.standard),
    seed: options.seed ?? blind.seed.standard,
    order: options.order ?? blind.order.standard,
  };
}

/** Patterns, where something is asked for that only these have. What decides for sources is measured by the defaults. */
function clusteringOf(options: LearningOptions, divergence: Divergence, solver: SolverName): ClusteringOption {
  const { clustering = options.templatesPerComponent === undefined ? 'auto' : 'none' } = options;
  const measurable = divergence === 'kullback-leibler' && solver === 'fast';
  return clustering === 'auto' && !measurable ? 'none' : clustering;
}

/** That are learned from the same frames, for each component. */
function templatesAtOnce(options: ReturnType<typeof withDefaults>): number {
  const { clustering, templatesPerComponent, templatesPerSource } = options;
  return clustering === 'timbre' ? Math.max(POOL_TEMPLATES_PER_SOURCE, templatesPerSource) : templatesPerComponent;
}
