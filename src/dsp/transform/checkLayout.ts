import { checkChoice, checkInteger, checkPowerOfTwo } from '../../parameters/checks.ts';
import type { StftLayout } from './StftLayout.ts';
import { supportOf, WINDOW_NAMES, type WindowName } from './window.ts';

/** What the transform of the kernels can do, in samples. */
const FFT_SIZES = { minimum: 64, maximum: 65_536 } as const;

/** @throws {TypeError | RangeError} naming what is wrong with the layout, what was given and what is allowed */
export function checkLayout({ fftSize, hopSize, window }: StftLayout): void {
  checkPowerOfTwo('fftSize', fftSize, FFT_SIZES.minimum, FFT_SIZES.maximum);
  checkInteger('hopSize', hopSize, 1, fftSize);
  checkWindow(window, fftSize);
}

/**
 * @param name of the argument, for the error
 * @throws {TypeError | RangeError} where there is no such window, or none for frames of this size
 */
export function checkWindow(window: unknown, fftSize: number, name = 'window'): asserts window is WindowName {
  checkChoice(name, window, WINDOW_NAMES);
  const support = supportOf({ window: window as WindowName, fftSize });
  if (support > fftSize)
    throw new RangeError(`${name}: '${window}' needs an fftSize of at least ${support}, but it is ${fftSize}.`);
}
