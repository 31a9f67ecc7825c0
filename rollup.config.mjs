import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { kernels } from './src/kernels/compile.mjs';

const SCRIPTS = {
  'virtual:worklet': fileURLToPath(new URL('worklets/processor.ts', import.meta.url)),
  'virtual:worker': fileURLToPath(new URL('src/worker/worker.ts', import.meta.url)),
};

const PEERS = ['rxjs', 'standardized-audio-context'];

/** Packages whose code is in the bundles: AssemblyScript's library is compiled into the kernels. */
const embedded = new Set(['assemblyscript']);

/** Notes the packages that the modules of a bundle come from. */
const notePackages = () => ({
  name: 'note-packages',
  load(id) {
    const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
    if (name) embedded.add(name);
  },
});

/** Writes the licences of what was noted. */
const writeLicences = () => ({
  name: 'write-licences',
  async generateBundle() {
    const texts = await Promise.all([...embedded].sort().map(licenceOf));
    this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: texts.join('\n\n') });
  },
});

async function licenceOf(name) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(LICEN[CS]E|NOTICE)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return [`${name} ${version}, ${license}`, ...texts].join('\n\n');
}

const compile = () => [
  notePackages(),
  kernels(),
  nodeResolve(),
  // Names stay, so that stack traces can be read.
  esbuild({ target: 'es2022', loaders: { '.json': 'json' }, minifyWhitespace: true, minifySyntax: true }),
];

/** A script without imports or exports: worklets and workers run it from a string as well as from a file. */
const script = (file) => ({ format: 'iife', file, plugins: [terser({ ecma: 2020 })] });

/** Gives the code of worklet and worker as strings, so that the package works without files beside it. */
function embedScripts() {
  return {
    name: 'embed-scripts',
    resolveId: (source) => (source in SCRIPTS ? `\0${source}` : null),
    async load(id) {
      const input = SCRIPTS[id.slice(1)];
      if (!id.startsWith('\0') || !input) return null;
      const bundle = await rollup({ input, plugins: compile() });
      const { output } = await bundle.generate(script());
      await bundle.close();
      return withoutKernels(output[0].code.trim());
    },
  };
}

/** The kernels are in worklet, worker and entry alike, and take most of the room: the entry lends them to the other two. */
function withoutKernels(code) {
  const [kernels] = /[A-Za-z0-9+/]{1000,}=*/.exec(code);
  const [before, after] = code.split(kernels).map((part) => JSON.stringify(part));
  return `import kernels from 'virtual:kernels';\nexport default ${before} + kernels + ${after};`;
}

/** Reports how much a page downloads, and fails where that is too much. */
function limitSize(maximumKilobytes) {
  return {
    name: 'limit-size',
    generateBundle(_options, bundle) {
      for (const { fileName, code } of Object.values(bundle)) {
        const kilobytes = gzipSync(code).length / 1000;
        const message = `${fileName}: ${kilobytes.toFixed(1)} kB gzipped, of at most ${maximumKilobytes} kB`;
        if (kilobytes > maximumKilobytes) this.error(message);
        console.log(message);
      }
    },
  };
}

const library = (input, file) => ({
  input,
  external: PEERS,
  plugins: [embedScripts(), ...compile(), limitSize(60), writeLicences()],
  output: { format: 'es', file, inlineDynamicImports: true },
});

const types = (input, file) => ({ input, external: PEERS, plugins: [dts()], output: { format: 'es', file } });

export default [
  library('src/index.ts', 'dist/index.js'),
  library('src/dsp/index.ts', 'dist/dsp.js'),
  types('src/index.ts', 'dist/index.d.ts'),
  types('src/dsp/index.ts', 'dist/dsp.d.ts'),
  { input: SCRIPTS['virtual:worklet'], plugins: compile(), output: script('dist/worklet.js') },
  { input: SCRIPTS['virtual:worker'], plugins: compile(), output: script('dist/worker.js') },
];
