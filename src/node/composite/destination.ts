import { show } from '../../parameters/checks.ts';

/** A node of Tone.js, or one of its params and signals: what is connected to it goes to its `input`. */
export interface ToneDestination {
  /** Another of these, or what it wraps; nothing for a source. */
  readonly input: object | undefined;
}

/**
 * The node or parameter that a destination stands for: Tone.js wraps those of its context, also in each other.
 *
 * @throws {TypeError} for what takes no input
 */
export function destinationOf(destination: unknown): AudioNode | AudioParam {
  let target = destination;
  // What is its own input has been seen before.
  for (const seen = new Set(); isObject(target) && 'input' in target && !seen.has(target); target = target.input) {
    seen.add(target);
  }
  if (isObject(target) && ('numberOfInputs' in target || isParam(target))) return target as AudioNode | AudioParam;
  throw new TypeError(
    `destination: ${show(destination)} given; it must be an AudioNode, an AudioParam, or what has an input in Tone.js.`,
  );
}

export function isParam(destination: object): destination is AudioParam {
  return 'setValueAtTime' in destination;
}

/** Whether a value is a destination of `disconnect`, and not the index of an output. */
export function isDestination(value: unknown): boolean {
  return isObject(value) && ('input' in value || 'numberOfInputs' in value || isParam(value));
}

function isObject(value: unknown): value is object & { input?: unknown } {
  return typeof value === 'object' && value !== null;
}
