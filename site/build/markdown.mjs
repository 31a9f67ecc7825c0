// How Markdown becomes HTML here: links of the site, tables that scroll, and recipes that run.
import { RECIPE_NAME, SHOWN_ONLY, tryOf } from './recipes.mjs';

/**
 * @typedef {{ tag: string, type: string, info: string, content: string, children: Token[] | null,
 *   attrGet(name: string): string | null, attrSet(name: string, value: string): void }} Token
 * @typedef {object} Environment
 * @property {string} source  the Markdown file, as a path from the root of the repository
 * @property {string} permalink  the page that is written
 * @typedef {(tokens: Token[], index: number, options: unknown, environment: Environment, renderer: Renderer) => string} Rule
 * @typedef {{ rules: Record<string, Rule>, renderToken(tokens: Token[], index: number, options: unknown): string }} Renderer
 * @typedef {{ renderer: Renderer, core: { ruler: { push(name: string, rule: (state: State) => void): void } } }} MarkdownIt
 * @typedef {{ tokens: Token[], env: Environment }} State
 */

/** A markdown-it plugin. @param {import('./links.mjs').Links} links */
export const siteMarkdown = (links) => (/** @type {MarkdownIt} */ markdown) => {
  markdown.core.ruler.push('site-links', ({ tokens, env }) => {
    for (const token of withChildren(tokens)) relink(token, env, links);
    for (const [i, token] of tokens.entries()) if (token.type === 'th_open') nameHead(tokens.slice(i, i + 3));
  });
  const { rules } = markdown.renderer;
  // Reached by keys, as everything that scrolls has to be.
  rules.table_open = () => '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  const { fence } = rules;
  rules.fence = (tokens, index, options, environment, renderer) => {
    const draw = (/** @type {Token} */ token) => fence([token], 0, options, environment, renderer);
    return recipe(tokens[index], draw, links) ?? draw(tokens[index]);
  };
};

/** @param {Token[]} tokens @returns {Token[]} */
const withChildren = (tokens) => tokens.flatMap((token) => [token, ...withChildren(token.children ?? [])]);

/** A head without words is none. @param {Token[]} tokens  its beginning, its text and its end */
function nameHead([begin, text, end]) {
  if (text.content === '') begin.tag = end.tag = 'td';
}

/** @param {Token} token @param {Environment} environment @param {import('./links.mjs').Links} links */
function relink(token, { source, permalink }, links) {
  if (token.type === 'link_open') {
    token.attrSet('href', links.address(String(token.attrGet('href')), source, permalink));
  } else if (token.type === 'image') {
    token.attrSet('src', links.picture(String(token.attrGet('src')), source));
  } else if (/^html/.test(token.type)) {
    token.content = token.content.replace(/ (src|srcset)="([^"]+)"/g, (_, name, link) => {
      return ` ${name}="${links.picture(link, source)}"`;
    });
  }
}

/**
 * A recipe with what Run calls it by, or with why it does not run here.
 * @param {Token} token  of a block of code
 * @param {(token: Token) => string} draw
 * @param {import('./links.mjs').Links} links
 * @returns {string | null} null for a block that is no recipe
 */
function recipe(token, draw, links) {
  const name = token.info.trim() === 'ts' ? RECIPE_NAME.exec(token.content)?.[1] : undefined;
  if (name === undefined) return null;
  const code = draw(token);
  if (name in SHOWN_ONLY) {
    const { why, example } = SHOWN_ONLY[name];
    const address = links.address(example, '', '');
    return `${code}<p class="shown-only">${why} <a href="${address}">${example}</a> is a whole project.</p>\n`;
  }
  // A block like the other, in JavaScript
  const calling = draw(Object.assign(Object.create(token), { info: 'js', content: tryOf(name) }));
  return (
    `<div class="recipe" data-recipe="${name}">${code}` +
    `<p class="recipe-caption">What Run does with it:</p>${calling}</div>\n`
  );
}
