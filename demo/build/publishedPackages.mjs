// Bundles the published packages of the gallery: each into a chunk of its own that the page's policy allows.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @param {string} path  relative to the demo */
const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * By what rollup cannot read by itself: packages that are CommonJS, or need modules that are. p5 is published bundled, too,
 * without the checks of arguments that beginners need and that compile text.
 * @type {Record<string, string>}
 */
const PACKAGES = {
  butterchurn: 'butterchurn',
  'hydra-synth': 'hydra-synth',
  p5: here('../node_modules/p5/lib/p5.esm.min.js'),
};

/** Modules that evaluate text, which the policy forbids, and what takes their place. */
const REPLACED = [
  { filter: /^\.\/lib\/sandbox\.js$/, path: here('src/gallery/allowed/sandbox.ts') },
  { filter: /^regl$/, path: here('src/gallery/allowed/regl.ts') },
];

/** @type {import('esbuild').Plugin} */
const replacements = {
  name: 'replacements',
  setup({ onResolve }) {
    for (const { filter, path } of REPLACED) onResolve({ filter }, () => ({ path }));
  },
};

const PREFIX = '\0published:';

/** @returns {import('rollup').Plugin} */
export function publishedPackages() {
  return {
    name: 'published-packages',
    resolveId: (name) => (name in PACKAGES ? PREFIX + name : null),
    async load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const name = id.slice(PREFIX.length);
      const { outputFiles } = await build({
        entryPoints: [PACKAGES[name]],
        bundle: true,
        write: false,
        format: 'esm',
        define: { global: 'globalThis' },
        plugins: [replacements],
      });
      // The policy allows pictures from files only, not from `data:` addresses.
      return outputFiles[0].text.replace(/"data:image\/(\w+);base64,([^"]+)"/g, (_, type, base64) => {
        const source = Buffer.from(base64, 'base64');
        const reference = this.emitFile({ type: 'asset', name: `${name}.${type}`, source });
        return `import.meta.ROLLUP_FILE_URL_${reference}`;
      });
    },
  };
}

/** Whether a module is of a published package. @param {string} id */
export const isPublished = (id) => id.startsWith(PREFIX) || id.includes('/node_modules/');

/**
 * The chunk of a module: one for each package, so that each stays a file of its own.
 * @param {string} id
 */
export function chunkOf(id) {
  if (id.startsWith(PREFIX)) return `packages/${id.slice(PREFIX.length)}`;
  return id.includes('/node_modules/three/') ? 'packages/three' : undefined;
}
