// The page's service worker: it keeps the page for use offline, and makes it cross-origin isolated on hosts that cannot.
import { ESSENTIAL, LATER } from 'virtual:built-files';
import { addPlugins, precacheAndRoute } from 'workbox-precaching';
import { isolated } from './isolated.ts';
import { LaterCache } from './LaterCache.ts';

declare const self: ServiceWorkerGlobalScope;

const later = new LaterCache(LATER);
/** Whether this is the first version that this browser gets, so that an open page can only be of the same version. */
let isFirst = false;

addPlugins([
  {
    // The page has just downloaded most of these files. If they are unchanged, the host need not send them again.
    requestWillFetch: async ({ request }) => new Request(request, { cache: 'no-cache' }),
    handlerWillRespond: async ({ response }) => isolated(response),
  },
]);
// All settings of the page are in the fragment of its address, so parameters from elsewhere lead to the same page.
precacheAndRoute(ESSENTIAL, { ignoreURLParametersMatching: [/./] });

// Workbox has not answered these: what is not precached.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(respond(event).then(isolated));
});

self.addEventListener('install', () => {
  isFirst = self.registration.active === null;
});

self.addEventListener('activate', (event) => {
  event.waitUntil(later.clean());
  if (isFirst) event.waitUntil(self.clients.claim());
});

// Every message asks this version, which waits, to replace the one before it.
self.addEventListener('message', (event) => event.waitUntil(replaceIfAlone(event.ports[0])));

function respond(event: FetchEvent): Promise<Response> {
  const { request } = event;
  if (!later.has(request)) return fetch(request);
  return later.respond({ request, waitUntil: (promise) => event.waitUntil(promise) });
}

/** Answers whether this version is used from now on. It must not be while a second page still runs the version before it. */
async function replaceIfAlone(asker: MessagePort): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = windows.filter(({ url }) => url.startsWith(self.registration.scope));
  const alone = pages.length <= 1;
  if (alone) await self.skipWaiting();
  asker.postMessage(alone);
}
