/** The headers that make a page cross-origin isolated. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Environment variables that a browser needs so that isolated pages have SharedArrayBuffer: WebKitGTK can do it, but
 * hides it unless this is set.
 * @type {Record<import('./browsers.mjs').Engine, Record<string, string>>}
 */
export const ISOLATION_ENV = { chromium: {}, firefox: {}, webkit: { JSC_useSharedArrayBuffer: '1' } };
