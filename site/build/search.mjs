// Writes the index of the search, by Pagefind: over the site's pages and the API reference.
import { readFile } from 'node:fs/promises';
import { close, createIndex } from 'pagefind';
import { API } from './api.mjs';
import { filesOf } from './files.mjs';
import { DIST } from './paths.mjs';

/** Pages of the API that only list others */
const LISTS = /^api\/(hierarchy|modules)\.html$/;
/** The part of a page of the API that is searched */
const API_TEXT = '<div class="col-content">';
/** Its parts that repeat names of other parts: the list of members, the signature of the whole, marks such as "readonly" */
const REPEATED = /<(?:section class="tsd-panel-group tsd-index-group|div class="tsd-signature|code class="tsd-tag)/g;

export async function writeSearch() {
  const { index, errors } = await createIndex({ includeCharacters: '$_' });
  if (!index) throw new Error(errors.join('\n'));
  const pages = (await filesOf(DIST)).filter(
    (file) => file.endsWith('.html') && !/^demo\//.test(file) && !LISTS.test(file),
  );
  for (const url of pages) {
    const html = await readFile(DIST + url, 'utf8');
    const content = url.startsWith(`${API}/`) ? searchable(html, url) : html;
    const added = await index.addHTMLFile({ url, content });
    if (added.errors.length > 0) throw new Error(`${url}: ${added.errors.join('\n')}`);
  }
  await index.writeFiles({ outputPath: `${DIST}pagefind` });
  await close();
}

/** @param {string} html  of a page of the API @param {string} url */
function searchable(html, url) {
  if (!html.includes(API_TEXT)) throw new Error(`${url} has no ${API_TEXT}: the search would not find it.`);
  const text = html.replace(API_TEXT, '<div class="col-content" data-pagefind-body>');
  return text.replace(REPEATED, (start) => start.replace(' ', ' data-pagefind-ignore '));
}
