// The licences of packages whose code is bundled: builds write them beside the bundles.
import { readdir, readFile } from 'node:fs/promises';

/** The name of the package that a file is of, if it is of one. @param {string} file */
export const packageOf = (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];

/** The texts of all their licences. @param {Iterable<string>} names  of packages */
export async function licencesOf(names) {
  return (await Promise.all([...names].sort().map(licenceOf))).join('\n\n');
}

/** @param {string} name  of a package */
async function licenceOf(name) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(LICEN[CS]E|NOTICE)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return [`${name} ${version}, ${license}`, ...texts].join('\n\n');
}
