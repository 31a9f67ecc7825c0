// Serves the page under a policy that allows no code but files of this very host: no blob:, no data:.
import { createServer } from 'node:http';
import sirv from 'sirv';

const page = sirv('dist', { dev: true });
/** worklet.js and worker.js, which the package would otherwise start from blob: and data: addresses */
const scripts = sirv('node_modules/nmf-separator-node/dist', { dev: true });

const server = createServer((request, response) => {
  // 'wasm-unsafe-eval' is what WebAssembly needs.
  response.setHeader('Content-Security-Policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
  // Not needed, but with them worklet and worker share memory.
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  page(request, response, () => scripts(request, response, () => void response.writeHead(404).end()));
});
const port = process.env.PORT ?? 8080;
server.listen(port, () => console.log(`http://localhost:${port}`));
