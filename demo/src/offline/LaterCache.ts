declare const self: ServiceWorkerGlobalScope;

/**
 * Keeps files from their first use on. Unlike what is precached they are not downloaded before, because they are large and
 * many visits never need them. Their names change with their content, so that what is kept never has to be asked for again.
 */
export class LaterCache {
  // A cache belongs to the whole host, where other folders may have pages of their own.
  readonly #name = `later ${self.registration.scope}`;
  readonly #urls: ReadonlySet<string>;

  /** @param paths  of the files, relative to the service worker */
  constructor(paths: readonly string[]) {
    this.#urls = new Set(paths.map((path) => new URL(path, self.location.href).href));
  }

  has({ url }: Request): boolean {
    return this.#urls.has(url);
  }

  async respond({ request, waitUntil }: { request: Request; waitUntil: FetchEvent['waitUntil'] }): Promise<Response> {
    const cache = await self.caches.open(this.#name);
    const kept = await cache.match(request);
    if (kept) return kept;
    const response = await fetch(request);
    // Where there is no room left, the page does without.
    if (response.ok) waitUntil(cache.put(request, response.clone()).catch(() => {}));
    return response;
  }

  /** Deletes what belongs to earlier versions of the page. */
  async clean(): Promise<void> {
    const cache = await self.caches.open(this.#name);
    const old = (await cache.keys()).filter((request) => !this.has(request));
    await Promise.all(old.map((request) => cache.delete(request)));
  }
}
