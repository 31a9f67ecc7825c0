// Takes the types out of a recipe. Loaded when a recipe is first run.
import { transform } from 'sucrase';

/** JavaScript in the same lines as the TypeScript it was. */
export function compile(text: string): string {
  return transform(text, { transforms: ['typescript'], disableESTransforms: true }).code;
}
