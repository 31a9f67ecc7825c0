import { checkBoolean, checkFloat32Array, checkInteger, checkObject, show } from '../../parameters/checks.ts';
import { bestAssignment } from '../numeric/assignment.ts';
import { DelayedSpan } from './DelayedSpan.ts';

/** How scores are taken. */
export interface BssEvalOptions {
  /** Taps of the distortion that counts as none. Default 512. */
  filterLength?: number | undefined;
  /** Looks for the estimate of each reference. Default true; false takes them in order. */
  permute?: boolean | undefined;
}

/** In dB, one value a reference. */
export interface BssEval {
  /** Signal to distortion. */
  sdr: number[];
  /** Signal to interference from the other references. */
  sir: number[];
  /** Signal to artefacts. */
  sar: number[];
  /** The estimate that belongs to each reference. */
  permutation: number[];
}

type Ratios = readonly [sdr: number, sir: number, sar: number];

const DEFAULT_FILTER_LENGTH = 512;
/** Taps: what is solved grows with their square, and the time with their cube. */
const LONGEST_FILTER = 8192;
/** Stands for an infinite ratio where ratios are added up. */
const BEYOND_MEASURE = 1e4;

/**
 * BSS Eval for sources (Vincent, Gribonval and Févotte, "Performance measurement in blind audio source separation",
 * 2006; version 3 of its toolbox): what a filter of `filterLength` taps makes of its reference counts as the source,
 * what filters make of the other references as interference, the rest as artefacts. Estimates are paired with
 * references by the highest mean SIR. A silent estimate scores −∞.
 *
 * @throws {TypeError | RangeError} for options out of range, where lengths or numbers differ, or a reference is silent
 */
export function bssEval(
  references: readonly Float32Array[],
  estimates: readonly Float32Array[],
  options: BssEvalOptions = {},
): BssEval {
  checkObject('options', options);
  const { filterLength = DEFAULT_FILTER_LENGTH, permute = true } = options;
  checkInteger('filterLength', filterLength, 1, LONGEST_FILTER);
  checkBoolean('permute', permute);
  return new References(references, filterLength).evaluate(estimates, permute);
}

/** References prepared once, to score many estimates against. */
export class References {
  readonly #count: number;
  readonly #length: number;
  readonly #all: DelayedSpan;
  readonly #single: readonly DelayedSpan[];
  readonly #taps: number;

  /** @throws {RangeError} where there is none, lengths differ, or one is silent */
  constructor(references: readonly Float32Array[], filterLength = DEFAULT_FILTER_LENGTH) {
    checkList('references', references);
    if (references.length === 0) throw new RangeError('references: none given.');
    this.#count = references.length;
    checkFloat32Array('references[0]', references[0]);
    this.#length = references[0].length;
    this.#taps = filterLength;
    references.forEach((reference, j) => {
      checkFloat32Array(`references[${j}]`, reference, this.#length);
      if (reference.every((value) => value === 0)) throw new RangeError(`references: number ${j} is silent.`);
    });
    this.#all = new DelayedSpan(references, filterLength);
    this.#single = references.map((reference) => new DelayedSpan([reference], filterLength));
  }

  /** @throws {RangeError} where there is not one estimate a reference, or one has another length */
  evaluate(estimates: readonly Float32Array[], permute = true): BssEval {
    const count = this.#count;
    checkList('estimates', estimates);
    if (estimates.length !== count) {
      throw new RangeError(`estimates: ${estimates.length} given for ${count} references.`);
    }
    estimates.forEach((estimate, j) => {
      checkFloat32Array(`estimates[${j}]`, estimate, this.#length);
    });
    const everyReference = Array.from({ length: count }, (_, j) => j);
    const ratios = estimates.map((estimate, i) => this.#ratios(estimate, permute ? everyReference : [i]));
    const permutation = permute ? pairedBySir(ratios) : everyReference;
    const chosen = permutation.map((i, j) => ratios[i][permute ? j : 0]);
    return {
      sdr: chosen.map(([sdr]) => sdr),
      sir: chosen.map(([, sir]) => sir),
      sar: chosen.map(([, , sar]) => sar),
      permutation,
    };
  }

  /** The ratios of one estimate, as an estimate of each of some references. */
  #ratios(estimate: Float32Array, ofReferences: readonly number[]): Ratios[] {
    const correlations = this.#all.correlate(estimate);
    const targets = ofReferences.map((j) => {
      const own = correlations.subarray(j * this.#taps, (j + 1) * this.#taps);
      const filters = new Float64Array(correlations.length);
      filters.set(this.#single[j].solve(own), j * this.#taps);
      return filters;
    });
    const all = this.#count > 1 ? this.#all.solve(correlations) : targets[0];
    const energies = targets.map(() => ({ target: 0, interference: 0, distortion: 0 }));
    let projection = 0;
    let artefacts = 0;
    this.#all.forEachBlock([all, ...targets], (start, length, [allOutput, ...targetOutputs]) => {
      for (let n = 0; n < length; n++) {
        const e = start + n < estimate.length ? estimate[start + n] : 0;
        const p = allOutput[n];
        projection += p * p;
        artefacts += (e - p) * (e - p);
        energies.forEach((energy, i) => {
          const s = targetOutputs[i][n];
          energy.target += s * s;
          energy.interference += (p - s) * (p - s);
          energy.distortion += (e - s) * (e - s);
        });
      }
    });
    return energies.map(
      ({ target, interference, distortion }): Ratios => [
        decibels(target, distortion),
        decibels(target, interference),
        decibels(projection, artefacts),
      ],
    );
  }
}

function checkList(name: string, value: unknown): void {
  if (!Array.isArray(value))
    throw new TypeError(`${name}: ${show(value)} given; it must be an array of Float32Arrays.`);
}

/** For each reference the estimate, so that the mean SIR is the highest there is. */
function pairedBySir(ratios: readonly (readonly Ratios[])[]): number[] {
  const sirs = ratios.flatMap((row) => row.map(([, sir]) => Math.max(-BEYOND_MEASURE, Math.min(BEYOND_MEASURE, sir))));
  return bestAssignment(sirs, ratios.length);
}

/** Nothing over nothing is −∞: a silent estimate is no good one. */
function decibels(signal: number, rest: number): number {
  return signal === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(signal / rest);
}
