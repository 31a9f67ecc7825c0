// Common bundlers with minimal configuration. None of it is specific to the package.
import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rspack } from '@rspack/core';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import { createLogger, build as viteBuild } from 'vite';
import webpack from 'webpack';

/** Bundles `index.html` and `main.js` of a project folder. A warning is an error. */
export interface Bundler {
  readonly name: string;
  /** Additional project files: contents by path */
  readonly files?: Record<string, string>;
  /** @returns the folder to serve */
  build(folder: string): Promise<string>;
}

function refuse(warning: string): never {
  throw new Error(warning);
}

/** Runs a bundler's command. @returns what it prints */
async function run(folder: string, command: string, args: string[]): Promise<string> {
  const path = createRequire(import.meta.url).resolve(command);
  // Where CI is set, Next.js warns that nothing is cached.
  const { CI: _, ...variables } = process.env;
  const env = { ...variables, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path, ...args], { cwd: folder, env });
  return stdout + stderr;
}

/** webpack, or what has the same interface. */
async function buildLikeWebpack(bundle: typeof webpack, folder: string, out: string): Promise<string> {
  const output = { path: await withPage(folder, out), filename: 'main.js' };
  const compiler = bundle({ mode: 'production', context: folder, entry: './main.js', output, performance: false });
  const stats = await promisify(compiler.run.bind(compiler))();
  if (!stats || stats.hasErrors() || stats.hasWarnings()) throw new Error(stats?.toString('errors-warnings'));
  return output.path;
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
    async build(folder) {
      const customLogger = { ...createLogger('warn'), warn: refuse, warnOnce: refuse };
      // A slow machine makes it warn of slow plugins.
      const rolldownOptions = { checks: { bundlerTimings: false } };
      await viteBuild({
        root: folder,
        configFile: false,
        customLogger,
        build: { outDir: 'out-vite', rolldownOptions },
      });
      return join(folder, 'out-vite');
    },
  },
  { name: 'webpack', build: (folder) => buildLikeWebpack(webpack, folder, 'out-webpack') },
  { name: 'Rspack', build: (folder) => buildLikeWebpack(rspack as never, folder, 'out-rspack') },
  {
    name: 'Parcel',
    async build(folder) {
      const out = join(folder, 'out-parcel');
      const settings = ['--no-cache', '--log-level', 'warn', '--dist-dir', out, '--public-url', './'];
      const printed = await run(folder, 'parcel/lib/bin.js', ['build', 'index.html', ...settings]);
      if (printed.trim()) refuse(printed);
      return out;
    },
  },
  {
    name: 'Next.js',
    files: NEXT_FILES,
    async build(folder) {
      const printed = await run(folder, 'next/dist/bin/next', ['build']);
      if (/warn|⚠/i.test(printed)) refuse(printed);
      return join(folder, 'out');
    },
  },
  {
    name: 'esbuild',
    async build(folder) {
      const outdir = await withPage(folder, 'out-esbuild');
      const entryPoints = [join(folder, 'main.js')];
      const settings = { bundle: true, splitting: true, format: 'esm', minify: true, logLevel: 'silent' } as const;
      const { warnings } = await esbuild.build({ entryPoints, outdir, ...settings });
      for (const { text } of warnings) refuse(text);
      return outdir;
    },
  },
  {
    name: 'Rollup',
    async build(folder) {
      const dir = await withPage(folder, 'out-rollup');
      const onwarn = ({ message }: { message: string }) => refuse(message);
      const bundle = await rollup({ input: join(folder, 'main.js'), plugins: [nodeResolve()], onwarn });
      await bundle.write({ dir, format: 'es' });
      await bundle.close();
      return dir;
    },
  },
];

/** @param name  of the folder for the results */
async function withPage(folder: string, name: string): Promise<string> {
  const out = join(folder, name);
  await mkdir(out);
  await copyFile(join(folder, 'index.html'), join(out, 'index.html'));
  return out;
}
