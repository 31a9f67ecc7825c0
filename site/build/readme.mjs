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

/** One section of the README with its heading, and all addresses of its links. @param {string} heading */
export function section(heading) {
  const [text] = fromHeading(README, heading).split(/^(?=## )/m);
  const addresses = README.match(/^\[[^\]]+\]: .*$/gm) ?? [];
  return `${text}\n${addresses.join('\n')}`;
}
