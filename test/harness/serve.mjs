// A static server for pages under test.
import { createServer } from 'node:http';
import sirv from 'sirv';
import { ISOLATION } from './isolation.mjs';

/**
 * @typedef {object} ServeOptions
 * @property {boolean} [isolated]  whether the pages are cross-origin isolated, and so have SharedArrayBuffer
 * @property {Record<string, string>} [headers]  more headers for every answer, such as a Content-Security-Policy
 */

/**
 * @typedef {object} Site
 * @property {string} url  ends with a slash
 * @property {(isCut: boolean) => void} cut  has every request fail, as without a network, until it is called with false
 * @property {() => Promise<void>} close
 */

/**
 * Serves a folder on a free port of 127.0.0.1.
 * @param {string} folder
 * @param {ServeOptions} [options]
 * @returns {Promise<Site>}
 */
export async function serve(folder, { isolated = false, headers = {} } = {}) {
  const all = { 'Cache-Control': 'no-store', ...(isolated ? ISOLATION : {}), ...headers };
  // `dev` reads the folder for every request, because tests write files into it.
  const files = sirv(folder, { dev: true });
  let isCut = false;
  const server = createServer((request, response) => {
    if (isCut) return void request.socket.destroy();
    response.setHeaders(new Map(Object.entries(all)));
    files(request, response, () => void response.writeHead(404).end());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    cut: (cut) => {
      isCut = cut;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
