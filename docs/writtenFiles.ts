import { readFileSync } from 'node:fs';
import { learningOptionsSource } from '../src/dsp/learning/descriptions.ts';
import { NODE_DESCRIPTIONS, optionTypesSource } from '../src/node/options/descriptions.ts';
import { NODE_PARAMETERS } from '../src/node/options/parameters.ts';
import { markdownTable } from '../src/parameters/documentation.ts';
import { membersTable } from './members.ts';

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
  { path: 'README.md', write: (before) => withPage(withMembers(withOptions(before))) },
];

const withPage = (text: string) =>
  withSection(text, 'page', `\`\`\`html\n${readFileSync('examples/plain-page/index.html', 'utf8')}\`\`\``);
const withMembers = (text: string) => withSection(text, 'members', membersTable());
const withOptions = (text: string) => withSection(text, 'options', markdownTable(NODE_PARAMETERS, NODE_DESCRIPTIONS));

/** Replaces what stands between two marks with a name. */
function withSection(text: string, name: string, section: string): string {
  const begin = `<!-- Written by \`npm run parameters\`: ${name}. -->`;
  const end = `<!-- End of what is written: ${name}. -->`;
  const [before, rest] = text.split(begin);
  const [, after] = rest.split(end);
  return `${before}${begin}\n\n${section}\n\n${end}${after}`;
}
