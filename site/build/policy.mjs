// What the pages may load and run: nothing that comes from elsewhere.
import { createHash } from 'node:crypto';

/** Modules that recipes import by name: all that is bundled for them. Paths are relative to the pages. */
const IMPORTS = {
  'nmf-separator-node': './scripts/nmf-separator-node.js',
  'nmf-separator-node/models': './scripts/models.js',
  rxjs: './scripts/rxjs.js',
  tone: './scripts/tone.js',
};

export const IMPORT_MAP = JSON.stringify({ imports: IMPORTS });

const digest = createHash('sha256').update(IMPORT_MAP).digest('base64');

/**
 * Recipes run as modules from `blob:`, and the package starts its worklet from `data:` and its workers from `blob:`. The one
 * inline script is the import map. Search is WebAssembly, as the package's kernels are.
 */
const SCRIPTS = {
  plain: "'self' 'wasm-unsafe-eval'",
  recipes: `'self' 'wasm-unsafe-eval' blob: data: 'sha256-${digest}'`,
};

/** @param {boolean} runsRecipes  whether recipes run in the page */
export const policyOf = (runsRecipes) =>
  [
    "default-src 'self'",
    `script-src ${runsRecipes ? SCRIPTS.recipes : SCRIPTS.plain}`,
    "worker-src 'self' blob:",
    // The editor brings its style as a style element where a browser has no constructed sheets.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
