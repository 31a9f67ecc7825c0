// Turns the links of the repository's Markdown files into links of the site.
import { existsSync, statSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { ROOT } from './paths.mjs';

/** Where pictures of the documents are copied to */
export const PICTURES = 'pictures';

export class Links {
  /** By path from the root of the repository: the page */
  #pages;
  #repository;
  #homepage;
  /** @type {Map<string, string>} By the file in the site: the picture's path from the root of the repository */
  pictures = new Map();

  /**
   * @param {readonly import('../documents.mjs').Document[]} documents
   * @param {string} repository  its address
   * @param {string} homepage  the address of this site
   */
  constructor(documents, repository, homepage) {
    this.#pages = new Map(documents.map(({ source, page }) => [source, page]));
    this.#repository = repository;
    this.#homepage = homepage;
  }

  /**
   * The address of a link, relative to the site's pages.
   * @param {string} link
   * @param {string} source  the file it stands in, as a path from the root of the repository
   * @param {string} page  the page that is written
   */
  address(link, source, page) {
    if (link.startsWith(this.#homepage)) return link.slice(this.#homepage.length) || 'index.html';
    if (link.startsWith('#')) return this.#pages.get(source) === page ? link : `${this.#pages.get(source)}${link}`;
    const [, inRepository] = link.split(new RegExp(`^${this.#repository}/(?:blob|tree)/HEAD/`));
    if (inRepository) return this.#addressOf(inRepository, '');
    return /^[a-z]+:/.test(link) ? link : this.#addressOf(link, source);
  }

  /** @param {string} link  relative to its file @param {string} source */
  #addressOf(link, source) {
    const [path, fragment] = link.split('#');
    const file = pathOf(path, source);
    const page = this.#pages.get(file) ?? this.#pages.get(`${file}/README.md`);
    const kind = statSync(ROOT + file).isDirectory() ? 'tree' : 'blob';
    const address = page ?? `${this.#repository}/${kind}/HEAD/${file}`;
    return fragment === undefined ? address : `${address}#${fragment}`;
  }

  /**
   * The address of a picture, relative to the site's pages.
   * @param {string} link
   * @param {string} source  the file it stands in, as a path from the root of the repository
   */
  picture(link, source) {
    const file = pathOf(link, source);
    const copy = `${PICTURES}/${basename(file)}`;
    const other = this.pictures.get(copy);
    if (other !== undefined && other !== file) throw new Error(`Two pictures have one name: ${other} and ${file}.`);
    this.pictures.set(copy, file);
    return copy;
  }
}

/** @param {string} link  relative to its file @param {string} source */
function pathOf(link, source) {
  const path = posix.join(posix.dirname(source), decodeURI(link)).replace(/\/$/, '');
  if (!existsSync(ROOT + path)) throw new Error(`${source} links to ${link}, which does not exist.`);
  return path;
}
