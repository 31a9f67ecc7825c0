// Writes the pages, by Eleventy: those of site/pages, and one for each document.
import { readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import Eleventy, { IdAttributePlugin } from '@11ty/eleventy';
import syntaxHighlight from '@11ty/eleventy-plugin-syntaxhighlight';
import { DOCUMENTS, START_SECTIONS } from '../documents.mjs';
import { visualizers } from './gallery.mjs';
import { anchorOf, headingsOf } from './headings.mjs';
import { Links } from './links.mjs';
import { siteMarkdown } from './markdown.mjs';
import { DIST, ROOT } from './paths.mjs';
import { IMPORT_MAP, policyOf } from './policy.mjs';
import { fromHeading, section } from './readme.mjs';

const INPUT = 'site/pages';
const { version, homepage, repository, description } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const REPOSITORY = repository.url.replace(/^git\+|\.git$/g, '');

/** What the start page and the gallery show */
const PICTURES = {
  moving: 'docs/pictures/factorization.webp',
  still: 'docs/pictures/factorization.jpg',
  gallery: 'demo/screenshots/gallery.jpg',
};

export async function writePages() {
  const links = new Links(DOCUMENTS, REPOSITORY, homepage);
  const eleventy = new Eleventy(INPUT, DIST, { quietMode: true, configPath: '', config: configure(links) });
  await eleventy.init();
  await eleventy.write();
  for (const [copy, picture] of links.pictures) {
    await mkdir(dirname(DIST + copy), { recursive: true });
    await copyFile(ROOT + picture, DIST + copy);
  }
}

/** @param {Links} links */
const configure = (links) => (/** @type {import('@11ty/eleventy').Configuration} */ config) => {
  config.setLayoutsDirectory('../layouts');
  config.addPlugin(IdAttributePlugin, { slugify: anchorOf });
  config.addPlugin(syntaxHighlight, { preAttributes: { tabindex: 0 }, errorOnInvalidLanguage: true });
  /** @type {import('@11ty/eleventy').MarkdownLibrary} */
  let markdown;
  config.amendLibrary('md', (library) => {
    markdown = library;
    markdown.use(siteMarkdown(links));
  });
  config.addFilter('readme', (/** @type {string} */ heading) =>
    markdown.render(section(heading), { source: 'README.md', permalink: 'index.html' }),
  );
  for (const [name, value] of Object.entries(globals(links))) config.addGlobalData(name, value);
  config.addFilter('headings', headingsOf);
  config.addFilter('policy', policyOf);
  for (const { source, page, title, about, from } of DOCUMENTS) {
    const text = readFileSync(ROOT + source, 'utf8');
    const content = from === undefined ? text : `# ${title}\n\n${fromHeading(text, from)}`;
    const runsRecipes = page === 'guide.html';
    // Nothing in a document is for a template engine.
    const data = {
      templateEngineOverride: 'md',
      layout: 'document.njk',
      permalink: page,
      title,
      about,
      source,
      runsRecipes,
    };
    config.addTemplate(page.replace('.html', '.md'), content, data);
  }
};

/** What every page can use. @param {Links} links */
const globals = (links) => ({
  version,
  homepage,
  description,
  repository: REPOSITORY,
  documents: DOCUMENTS,
  startSections: START_SECTIONS,
  importMap: IMPORT_MAP,
  visualizers: visualizers(),
  pictures: Object.fromEntries(Object.entries(PICTURES).map(([name, file]) => [name, links.picture(file, '')])),
});
