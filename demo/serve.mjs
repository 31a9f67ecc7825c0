// Serves the built page, compressed, cross-origin isolated and under a strict policy: `npm start`, or PORT=3000 npm start.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { ISOLATION } from '../test/harness/isolation.mjs';

const FIRST_PORT = 8080;
const HEADERS = {
  ...ISOLATION,
  // 'wasm-unsafe-eval' is what WebAssembly needs; everything else comes from this very host.
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  'Cache-Control': 'no-cache',
  // On every answer, also on those without a body.
  Vary: 'Accept-Encoding',
};

const files = sirv(fileURLToPath(new URL('dist', import.meta.url)), { etag: true, brotli: true, gzip: true });
const server = createServer((request, response) => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  files(request, response, () => void response.writeHead(404).end());
});

const wanted = process.env.PORT ? Number(process.env.PORT) : null;
let port = wanted ?? FIRST_PORT;
server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  // A port that was asked for by name is not silently replaced by another.
  if (error.code !== 'EADDRINUSE' || wanted !== null) throw error;
  port += 1;
  server.listen(port);
});
server.on('listening', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`nmf-separator-node: http://localhost:${address.port}`);
});
server.listen(port);
