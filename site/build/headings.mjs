// Headings and their anchors, which are the same as where the repository is shown.

/**
 * The anchor of a heading as GitHub makes it, so that links to sections of the Markdown files hold on the site.
 * @param {string} text
 */
export const anchorOf = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

/**
 * The headings of the second level of a rendered page, for its table of contents.
 * @param {string} html
 */
export function headingsOf(html) {
  const headings = [...html.matchAll(/<h2[^>]*>([\s\S]*?)<\/h2>/g)];
  return headings.map(([, inner]) => ({ html: inner, anchor: anchorOf(withoutMarkup(inner)) }));
}

const ENTITIES = /** @type {const} */ ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' });

/** @param {string} html */
const withoutMarkup = (html) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (entity) => ENTITIES[/** @type {keyof typeof ENTITIES} */ (entity)]);
