// A static server for pages under test. The types are in serve.d.mts.
import { createServer } from 'node:http';
import sirv from 'sirv';
import { ISOLATION } from './isolation.mjs';

/** @type {typeof import('./serve.d.mts').serve} */
export async function serve(folder, { isolated = false, headers = {} } = {}) {
  const all = { 'Cache-Control': 'no-store', ...(isolated ? ISOLATION : {}), ...headers };
  // `dev` reads the folder anew for every request: tests write into it.
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    response.setHeaders(new Map(Object.entries(all)));
    files(request, response, () => response.writeHead(404).end());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
