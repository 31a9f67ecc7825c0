import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { licencesOf, packageOf } from './licences.mjs';
import { kernels } from './src/kernels/compile.mjs';

/**
 * @typedef {import('rollup').Plugin} Plugin
 * @typedef {import('rollup').OutputOptions} OutputOptions
 * @typedef {import('rollup').RollupOptions} RollupOptions
 */

/** The script of worklet and worker, whose bundle is embedded as a string, and the name it is imported by. */
const SCRIPT = fileURLToPath(new URL('src/threads.ts', import.meta.url));
const EMBEDDED = 'virtual:threads';

/** Packages that npm installs beside this one, and what is built into Node. */
const EXTERNAL = ['rxjs', 'standardized-audio-context', 'node-web-audio-api', /^node:/];
/** The package's own entry: models are of the class that it exports. */
const ENTRY = 'nmf-separator-node';

/** The platform's file that browsers get, and the one that stands in its place for Node. */
const PLATFORM = { browser: '/platform/browser.ts', node: '/platform/node.ts' };

/** Packages whose code is in the bundles. AssemblyScript's library is compiled into the kernels, so no module names it. */
const embedded = new Set(['assemblyscript']);

/** Notes the packages that the modules of a bundle come from. @returns {Plugin} */
const notePackages = () => ({
  name: 'note-packages',
  load(id) {
    const name = packageOf(id);
    if (name) embedded.add(name);
  },
});

/** Writes the licences of the packages that were noted. @returns {Plugin} */
const writeLicences = () => ({
  name: 'write-licences',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: await licencesOf(embedded) });
  },
});

/** Kilobytes that the build allows: of the kernels as they are, of the rest gzipped. */
const MOST = { kernels: 30, entry: 58, entryOfNode: 59, core: 36, models: 12 };

/** A first pass leaves code that later ones find to be superfluous. */
const COMPRESS = { passes: 3 };
/** Node prints the line of code that an error comes from, where nothing catches it: the message must not drown in it. */
const LINES_OF_NODE = { max_line_len: 500 };

const compile = () => [
  notePackages(),
  kernels(),
  nodeResolve(),
  esbuild({ target: 'es2022', loaders: { '.json': 'json' } }),
];

/**
 * A script without imports or exports: worklets and workers run it from a string as well as from a file.
 * @param {string} [file]
 * @returns {OutputOptions}
 */
const script = (file) => ({ format: 'iife', file, plugins: [terser({ ecma: 2020, compress: COMPRESS })] });

/** Gives the code of worklet and worker as a string, so that the package works without files beside it. @returns {Plugin} */
function embedScript() {
  return {
    name: 'embed-script',
    resolveId: (source) => (source === EMBEDDED ? `\0${EMBEDDED}` : null),
    async load(id) {
      if (id !== `\0${EMBEDDED}`) return null;
      const bundle = await rollup({ input: SCRIPT, plugins: compile() });
      const { output } = await bundle.generate(script());
      await bundle.close();
      return withoutKernels(output[0].code.trim());
    },
  };
}

/**
 * Takes the kernels, in hexadecimal, out of a script that is to be embedded in the entry. The entry has the same kernels, so it
 * puts its own in that place when it runs: they are most of the code, and are downloaded once instead of twice.
 * @param {string} code  of the script
 * @returns {string} a module that exports that code
 */
function withoutKernels(code) {
  const [kernels] = /[0-9a-f]{1000,}/.exec(code) ?? [];
  if (kernels === undefined) throw new Error('The script to embed has no kernels.');
  const kilobytes = kernels.length / 2 / 1000;
  if (kilobytes > MOST.kernels) throw new Error(`The kernels have ${kilobytes} kB, of at most ${MOST.kernels} kB.`);
  const [before, after] = code.split(kernels).map((part) => JSON.stringify(part));
  return `import kernels from 'virtual:kernels';\nexport default ${before} + kernels + ${after};`;
}

/**
 * Puts the kernels before all other code. Gzip finds what repeats within 32 kB, and they are longer: in the middle they would
 * keep the code before them from being found in the code after them.
 * @returns {Plugin}
 */
const kernelsFirst = () => ({
  name: 'kernels-first',
  transform(code, id) {
    return this.getModuleInfo(id)?.isEntry ? { code: `import 'virtual:kernels';${code}`, map: null } : null;
  },
});

/** Puts the platform of Node in the place of the browser's. @returns {Plugin} */
const forNode = () => ({
  name: 'for-node',
  resolveId(source, importer) {
    if (!source.endsWith(PLATFORM.browser)) return null;
    return this.resolve(source.replace(PLATFORM.browser, PLATFORM.node), importer);
  },
});

/**
 * Reports how much a page downloads, and fails where that is too much.
 * @param {number} maximumKilobytes
 * @returns {Plugin}
 */
function limitSize(maximumKilobytes) {
  return {
    name: 'limit-size',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        const { fileName } = output;
        const kilobytes = gzipSync(output.type === 'chunk' ? output.code : output.source).length / 1000;
        const message = `${fileName}: ${kilobytes.toFixed(1)} kB gzipped, of at most ${maximumKilobytes} kB`;
        if (kilobytes > maximumKilobytes) this.error(message);
        console.log(message);
      }
    },
  };
}

/**
 * Class names are kept for error messages and consoles.
 * @param {string} input
 * @param {string} file
 * @param {number} maximumKilobytes
 * @param {Plugin[]} [plugins]
 * @param {import('@rollup/plugin-terser').Options['format']} [format]
 * @returns {RollupOptions}
 */
const library = (input, file, maximumKilobytes, plugins = [], format = {}) => ({
  input,
  external: EXTERNAL,
  plugins: [kernelsFirst(), embedScript(), ...plugins, ...compile(), writeLicences()],
  output: {
    format: 'es',
    file,
    inlineDynamicImports: true,
    plugins: [
      terser({ ecma: 2020, module: true, keep_classnames: true, compress: COMPRESS, format }),
      limitSize(maximumKilobytes),
    ],
  },
});

/** @param {string} input @param {string} file @returns {RollupOptions} */
const types = (input, file) => ({
  input,
  external: [...EXTERNAL, ENTRY],
  plugins: [dts()],
  output: { format: 'es', file },
});

/** @type {RollupOptions[]} */
export default [
  library('src/index.ts', 'dist/index.js', MOST.entry),
  library('src/index.ts', 'dist/node.js', MOST.entryOfNode, [forNode()], LINES_OF_NODE),
  library('src/dsp/index.ts', 'dist/dsp.js', MOST.core, [], LINES_OF_NODE),
  {
    input: 'src/models/index.ts',
    external: [ENTRY],
    plugins: compile(),
    output: {
      format: 'es',
      file: 'dist/models.js',
      plugins: [terser({ ecma: 2020, module: true }), limitSize(MOST.models)],
    },
  },
  types('src/index.ts', 'dist/index.d.ts'),
  types('src/dsp/index.ts', 'dist/dsp.d.ts'),
  types('src/models/index.ts', 'dist/models.d.ts'),
  { input: SCRIPT, plugins: compile(), output: [script('dist/worklet.js'), script('dist/worker.js')] },
];
