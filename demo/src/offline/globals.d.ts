// What a service worker has (Service Workers, section 4), as far as the page's uses it: TypeScript's DOM library leaves it out.
interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface ExtendableMessageEvent extends ExtendableEvent {
  readonly ports: readonly MessagePort[];
}

interface ServiceWorkerEvents {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
  message: ExtendableMessageEvent;
}

interface ServiceWorkerGlobalScope {
  readonly caches: CacheStorage;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly { readonly url: string }[]>;
  };
  readonly location: WorkerLocation;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener<Type extends keyof ServiceWorkerEvents>(
    type: Type,
    listener: (event: ServiceWorkerEvents[Type]) => void,
  ): void;
}

/** The lists that the build makes of its own files: see demo/build/offline.mjs. */
declare module 'virtual:built-files' {
  /** What the page needs to start and to play, relative to the page */
  export const ESSENTIAL: { url: string; revision: string; integrity: string }[];
  /** Parts of the page that are loaded when they are first used, relative to the page. Their names change with their content. */
  export const LATER: string[];
}
