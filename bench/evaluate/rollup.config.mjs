// The evaluation runs the sources themselves, compiled for Node.
import esbuild from 'rollup-plugin-esbuild';
import { kernels } from '../../src/kernels/compile.mjs';

export default {
  input: { main: 'bench/evaluate/main.ts', worker: 'bench/evaluate/worker.ts' },
  external: [/^node:/, /^@audio\//],
  plugins: [kernels(), esbuild({ target: 'node20' })],
  output: { format: 'es', dir: '.cache/evaluate' },
};
