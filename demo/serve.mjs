// Serves the built page, compressed, cross-origin isolated and under a strict policy: `npm start`, or PORT=3000 npm start.
import { fileURLToPath } from 'node:url';
import { ISOLATION } from '../test/harness/isolation.mjs';
import { serveFolder } from './build/server.mjs';

serveFolder(fileURLToPath(new URL('dist', import.meta.url)), {
  ...ISOLATION,
  // 'wasm-unsafe-eval' is what WebAssembly needs; everything else comes from this very host.
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  'Cache-Control': 'no-cache',
  // On every answer, also on those without a body.
  Vary: 'Accept-Encoding',
});
