import { defineConfig } from 'vitest/config';
import { kernels } from './src/kernels/compile.mjs';

export default defineConfig({
  plugins: [kernels()],
  test: { projects: [{ extends: true, test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'] } }] },
});
