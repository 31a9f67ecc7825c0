// Serves the built site on this machine.
import { serveFolder } from '../../demo/build/server.mjs';
import { DIST } from './paths.mjs';

export const serveSite = () => serveFolder(DIST, { 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' });
