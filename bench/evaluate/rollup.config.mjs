// The evaluation runs the sources themselves, compiled for Node.
import { compile } from '../compile.mjs';

/** @type {import('rollup').RollupOptions} */
export default {
  input: { main: 'bench/evaluate/main.ts', worker: 'bench/evaluate/worker.ts' },
  external: [/^node:/, /^@audio\//, 'echarts'],
  plugins: compile(),
  output: { format: 'es', dir: '.cache/evaluate' },
};
