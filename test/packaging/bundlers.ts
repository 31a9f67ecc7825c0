// The bundlers people use, each with the least configuration it works with: none of it is for the package.
import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import { build as viteBuild } from 'vite';
import webpack from 'webpack';

/** Builds `index.html` and `main.js` of a folder. */
export interface Bundler {
  readonly name: string;
  /** More files of the project. */
  readonly files?: Record<string, string>;
  /** @returns the folder to serve */
  build(folder: string): Promise<string>;
}

/** Next.js has pages of its own instead; a server component imports the package too. */
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
    async build(folder) {
      await viteBuild({ root: folder, configFile: false, logLevel: 'warn' });
      return join(folder, 'dist');
    },
  },
  {
    name: 'webpack',
    async build(folder) {
      const output = { path: await withPage(folder), filename: 'main.js' };
      const compiler = webpack({ mode: 'production', context: folder, entry: './main.js', output, performance: false });
      const stats = await promisify(compiler.run.bind(compiler))();
      if (!stats || stats.hasErrors() || stats.hasWarnings()) throw new Error(stats?.toString('errors-warnings'));
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
    async build(folder) {
      const outdir = await withPage(folder);
      const entryPoints = [join(folder, 'main.js')];
      await esbuild.build({ entryPoints, outdir, bundle: true, splitting: true, format: 'esm', minify: true });
      return outdir;
    },
  },
  {
    name: 'Rollup',
    async build(folder) {
      const dir = await withPage(folder);
      const onwarn = (warning: { message: string }) => {
        throw new Error(warning.message);
      };
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
