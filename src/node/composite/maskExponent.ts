import { MASK_EXPONENT } from '../../dsp/live/maskExponent.ts';
import type { NMFModel } from '../../model/NMFModel.ts';

const { minimum, maximum, standard } = MASK_EXPONENT;

/** The methods by which a program takes a parameter into its own hands. */
const AUTOMATION = [
  'setValueAtTime',
  'linearRampToValueAtTime',
  'exponentialRampToValueAtTime',
  'setTargetAtTime',
  'setValueCurveAtTime',
] as const;

/**
 * The AudioParam of the mask's exponent. There is none of the worklet's before its module has loaded, so it is the offset
 * of a source that drives the worklet's; this gives it the default, range and rate of what it stands for. Main thread.
 */
export class MaskExponent {
  readonly param: AudioParam;
  readonly #value: PropertyDescriptor;
  #followsModel: boolean;

  /** @param given a number, or `'model'`: that of the model in force, until the parameter is set or automated */
  constructor({ offset }: ConstantSourceNode, given: number | 'model') {
    this.param = offset;
    this.#value = descriptorOf(offset, 'value');
    this.#followsModel = given === 'model';
    this.#set(given === 'model' ? standard : given);
    Object.defineProperties(offset, {
      defaultValue: { value: standard },
      minValue: { value: minimum },
      maxValue: { value: maximum },
      automationRate: { value: 'k-rate' },
      value: {
        get: () => Math.min(maximum, Math.max(minimum, this.#value.get?.call(offset))),
        set: (exponent) => this.#own(() => this.#set(exponent)),
      },
    });
    for (const method of AUTOMATION) {
      const automate = offset[method] as (...values: unknown[]) => AudioParam;
      const value = (...values: unknown[]) => this.#own(() => automate.apply(offset, values));
      Object.defineProperty(offset, method, { value, configurable: true, writable: true });
    }
  }

  follow(model: NMFModel | null): void {
    if (!this.#followsModel) return;
    this.#set(model?.maskExponent ?? standard);
    // standardized-audio-context sets a value by automating it, which is no doing of the program.
    this.#followsModel = true;
  }

  #set(exponent: number): void {
    this.#value.set?.call(this.param, exponent);
  }

  /** What throws leaves the parameter with the model. */
  #own<Result>(change: () => Result): Result {
    const result = change();
    this.#followsModel = false;
    return result;
  }
}

function descriptorOf(object: object, key: string): PropertyDescriptor {
  for (let owner: object | null = object; owner; owner = Object.getPrototypeOf(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor) return descriptor;
  }
  return {};
}
