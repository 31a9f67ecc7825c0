// Serves a folder of built pages on this machine.
import { createServer } from 'node:http';
import sirv from 'sirv';

const FIRST_PORT = 8080;

/**
 * Serves a folder, compressed where there are compressed copies, and prints its address. The port is the first free one, or
 * that of the environment variable PORT.
 * @param {string} folder
 * @param {Record<string, string>} headers  of every answer
 */
export function serveFolder(folder, headers) {
  const files = sirv(folder, { etag: true, brotli: true, gzip: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
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
}
