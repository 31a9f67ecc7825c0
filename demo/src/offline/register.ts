import { OwnReload } from './OwnReload.ts';

const SERVICE_WORKER = 'service-worker.js';

export interface OfflineOptions {
  /**
   * Whether the page loads itself once more at the first visit to be cross-origin isolated, as long as it is idle and the user
   * has not begun to do something. Otherwise it is isolated from the next load on.
   */
  readonly isolatesAtOnce: boolean;
  /** Whether a reload would take nothing from the user: nothing plays, nothing has been learned. */
  readonly idle: () => boolean;
  /**
   * Called when a newer version of the page is ready. It is used at the next load in any case; `use` reloads at once. Its
   * promise resolves to false when the page is open in a second tab: both would have to be of the same version.
   */
  readonly onUpdate: (use: () => Promise<boolean>) => void;
}

/**
 * Keeps the page for use offline, and makes it cross-origin isolated from the next load on where the host does not. Does nothing
 * where the browser has no service workers, as in some private windows.
 */
export function workOffline(options: OfflineOptions): void {
  if (!('serviceWorker' in navigator)) return;
  // The page works without: refused storage, no connection, or a host that does not have the file are no errors to show.
  new Offline(options).start().catch(() => {});
}

class Offline {
  readonly #options: OfflineOptions;
  readonly #reload = new OwnReload();
  /** Whether the user has begun to do something: a reload would interrupt it. */
  #touched = false;

  constructor(options: OfflineOptions) {
    this.#options = options;
    const touch = () => {
      this.#touched = true;
    };
    for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, touch, { capture: true, once: true });
  }

  async start(): Promise<void> {
    const { serviceWorker } = navigator;
    serviceWorker.addEventListener('controllerchange', () => this.#isolate());
    // Downloading all files for later must not delay those that the page needs now.
    if (!serviceWorker.controller) await loaded();
    const registration = await serviceWorker.register(SERVICE_WORKER);
    registration.addEventListener('updatefound', () => this.#watch(registration));
    this.#watch(registration);
    if (registration.waiting) await this.#renew(registration);
  }

  /** Has the service worker, which has just taken control, load the page again with the headers that isolate it. */
  #isolate(): void {
    // Inside another page this depends on that page's headers.
    const isOutermost = window.top === window;
    const wanted = this.#options.isolatesAtOnce && !crossOriginIsolated;
    if (wanted && isOutermost && this.#mayReload()) this.#reload.run();
  }

  /** Reports the version that is being installed, once it is ready. */
  #watch(registration: ServiceWorkerRegistration): void {
    const { installing, active } = registration;
    if (!installing || !active) return;
    installing.addEventListener('statechange', () => {
      if (installing.state === 'installed') this.#report(registration);
    });
  }

  /** Uses the version that became ready during an earlier visit: on this page nothing has happened yet. */
  async #renew(registration: ServiceWorkerRegistration): Promise<void> {
    const replaced = this.#mayReload() && (await replace(registration));
    if (replaced) this.#reload.run();
    else this.#report(registration);
  }

  #report(registration: ServiceWorkerRegistration): void {
    this.#options.onUpdate(async () => {
      const replaced = await replace(registration);
      if (replaced) location.reload();
      return replaced;
    });
  }

  #mayReload(): boolean {
    return this.#reload.allowed && !this.#touched && this.#options.idle();
  }
}

/** Resolves to whether the version that waits has replaced the one that the page is of. */
async function replace({ waiting }: ServiceWorkerRegistration): Promise<boolean> {
  if (!waiting) return false;
  const activated = new Promise<void>((resolve) => {
    waiting.addEventListener('statechange', () => waiting.state === 'activated' && resolve());
  });
  const agreed = await ask(waiting);
  if (agreed) await activated;
  return agreed;
}

/** Resolves to the answer: whether the version agrees to replace the one before it. */
function ask(waiting: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
    waiting.postMessage(null, [port2]);
  });
}

function loaded(): Promise<unknown> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
}
