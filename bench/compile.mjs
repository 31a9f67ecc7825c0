import esbuild from 'rollup-plugin-esbuild';
import { kernels } from '../src/kernels/compile.mjs';

/** Rollup's plugins for what is measured from its sources, in Node. */
export const compile = () => [kernels(), esbuild({ target: 'node20', loaders: { '.json': 'json' } })];
