// Common bundlers with minimal configuration. None of it is specific to the package.
import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import { createLogger, build as viteBuild } from 'vite';
import webpack from 'webpack';

/** Bundles `index.html` and `main.js` of a project folder. */
export interface Bundler {
  readonly name: string;
  /** Additional project files: contents by path */
  readonly files?: Record<string, string>;
  /**
   * @param warn  called with each warning; by default a warning is an error
   * @returns the folder to serve
   */
  build(folder: string, warn?: (warning: string) => void): Promise<string>;
}

function refuse(warning: string): never {
  throw new Error(warning);
}

/** Next.js uses its own page format. A server component also imports the package, which must work without a browser. */
const NEXT_FILES = {
  'app/layout.jsx': `
    export default function Layout({ children }) {
      return <html lang="en"><body>{children}</body></html>;
    }`,
  'app/page.jsx': `
    import { NMFSeparatorNode } from 'nmf-separator-node';
    import { Separation } from './Separation.jsx';
    export default function Page() {
      return <main data-server={typeof NMFSeparatorNode}><Separation /></main>;
    }`,
  'app/Separation.jsx': `
    'use client';
    import { useEffect } from 'react';
    import { separateForASecond } from '../separateForASecond.js';
    export function Separation() {
      useEffect(() => {
        const offline = new OfflineAudioContext(2, 44100, 44100);
        globalThis.report ??= separateForASecond(new AudioContext({ sampleRate: 44100 }), offline);
      }, []);
      return <p>Separating…</p>;
    }`,
  'next.config.mjs': `export default { output: 'export', turbopack: { root: new URL('../../..', import.meta.url).pathname } };`,
};

export const BUNDLERS: readonly Bundler[] = [
  {
    name: 'Vite',
    async build(folder, warn = refuse) {
      const customLogger = { ...createLogger('warn'), warn, warnOnce: warn };
      await viteBuild({ root: folder, configFile: false, customLogger });
      return join(folder, 'dist');
    },
  },
  {
    name: 'webpack',
    async build(folder, warn = refuse) {
      const output = { path: await withPage(folder), filename: 'main.js' };
      const compiler = webpack({ mode: 'production', context: folder, entry: './main.js', output, performance: false });
      const stats = await promisify(compiler.run.bind(compiler))();
      if (!stats || stats.hasErrors()) throw new Error(stats?.toString('errors-only'));
      if (stats.hasWarnings()) warn(stats.toString('errors-warnings'));
      return output.path;
    },
  },
  {
    name: 'Next.js',
    files: NEXT_FILES,
    async build(folder) {
      const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
      const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
      await promisify(execFile)(process.execPath, [next, 'build'], { cwd: folder, env });
      return join(folder, 'out');
    },
  },
  {
    name: 'esbuild',
    async build(folder, warn = refuse) {
      const outdir = await withPage(folder);
      const entryPoints = [join(folder, 'main.js')];
      const settings = { bundle: true, splitting: true, format: 'esm', minify: true, logLevel: 'silent' } as const;
      const { warnings } = await esbuild.build({ entryPoints, outdir, ...settings });
      for (const { text } of warnings) warn(text);
      return outdir;
    },
  },
  {
    name: 'Rollup',
    async build(folder, warn = refuse) {
      const dir = await withPage(folder);
      const onwarn = ({ message }: { message: string }) => warn(message);
      const bundle = await rollup({ input: join(folder, 'main.js'), plugins: [nodeResolve()], onwarn });
      await bundle.write({ dir, format: 'es' });
      await bundle.close();
      return dir;
    },
  },
];

async function withPage(folder: string): Promise<string> {
  const out = join(folder, 'out');
  await mkdir(out);
  await copyFile(join(folder, 'index.html'), join(out, 'index.html'));
  return out;
}
