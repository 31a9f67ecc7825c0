// Parts of README.md, so that nothing of it is written twice.
import { readFileSync } from 'node:fs';
import { ROOT } from './paths.mjs';

const README = readFileSync(`${ROOT}README.md`, 'utf8');

/**
 * A Markdown text from one of its headings on.
 * @param {string} text
 * @param {string} heading  of the second level
 */
export function fromHeading(text, heading) {
  const start = `\n${text}`.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`There is no heading "## ${heading}".`);
  return text.slice(start);
}

/** One section of the README with its heading. @param {string} heading */
export function section(heading) {
  const [, ...rest] = fromHeading(README, heading).split(/^(?=## )/m);
  return fromHeading(README, heading).slice(0, -rest.join('').length || undefined);
}

/** The first block of code of a section. @param {string} heading @param {string} language */
export function codeOf(heading, language) {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(section(heading)) ?? [];
  if (code === undefined) throw new Error(`"## ${heading}" of README.md has no code in ${language}.`);
  return code.trimEnd();
}
