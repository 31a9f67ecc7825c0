import { learningOptionsSource } from '../src/dsp/learning/descriptions.ts';
import { NODE_DESCRIPTIONS, optionTypesSource } from '../src/node/options/descriptions.ts';
import { NODE_PARAMETERS } from '../src/node/options/parameters.ts';
import { markdownTable } from '../src/parameters/documentation.ts';

const BEGIN = '<!-- Written by `npm run parameters`. -->';
const END = '<!-- End of what is written. -->';

/** A file that is written from the tables of parameters, in whole or in part. */
interface WrittenFile {
  /** From the root of the repository. */
  readonly path: string;
  /** @returns the new content */
  write(before: string): string;
}

export const writtenFiles: readonly WrittenFile[] = [
  { path: 'src/dsp/learning/LearningOptions.ts', write: learningOptionsSource },
  { path: 'src/node/options/optionTypes.ts', write: optionTypesSource },
  { path: 'README.md', write: (before) => withSection(before, markdownTable(NODE_PARAMETERS, NODE_DESCRIPTIONS)) },
];

/** Replaces what stands between the two marks. */
function withSection(text: string, section: string): string {
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest.split(END);
  return `${before}${BEGIN}\n\n${section}\n\n${END}${after}`;
}
