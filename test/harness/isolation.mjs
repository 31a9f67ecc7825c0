/** The headers that make a page cross-origin isolated. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * WebKitGTK compiles SharedArrayBuffer in, but hides it, even from isolated pages, unless this is set.
 * @type {Record<import('./launch.d.mts').Engine, Record<string, string>>}
 */
export const ISOLATION_ENV = { chromium: {}, firefox: {}, webkit: { JSC_useSharedArrayBuffer: '1' } };
