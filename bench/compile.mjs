import esbuild from 'rollup-plugin-esbuild';
import { kernels } from '../src/kernels/compile.mjs';

/** Rollup plugins that compile the package's sources for Node. */
export const compile = () => [kernels(), esbuild({ target: 'node20', loaders: { '.json': 'json' } })];
