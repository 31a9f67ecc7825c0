import { MASK_EXPONENT } from '../../dsp/live/maskExponent.ts';

/**
 * The AudioParam of the mask's exponent. There is none of the worklet's before its module has loaded, so it is the offset
 * of a source that drives the worklet's; this gives it the default, range and rate of what it stands for.
 */
export function exponentParam({ offset }: ConstantSourceNode): AudioParam {
  const { minimum, maximum, standard } = MASK_EXPONENT;
  const value = descriptorOf(offset, 'value');
  return Object.defineProperties(offset, {
    defaultValue: { value: standard },
    minValue: { value: minimum },
    maxValue: { value: maximum },
    automationRate: { value: 'k-rate' },
    value: {
      get: () => Math.min(maximum, Math.max(minimum, value.get?.call(offset))),
      set: (exponent) => value.set?.call(offset, exponent),
    },
  });
}

function descriptorOf(object: object, key: string): PropertyDescriptor {
  for (let owner: object | null = object; owner; owner = Object.getPrototypeOf(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor) return descriptor;
  }
  return {};
}
