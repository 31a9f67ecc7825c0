import { workOffline } from '../../demo/src/offline/register.ts';
import { isAnyRunning } from './playground/state.ts';

/** The demo's own service worker */
const DEMO = 'demo/service-worker.js';

/** Keeps the site, and then the demo, for use offline. */
export function keepOffline(): void {
  workOffline({
    // Recipes run without shared memory, too: nobody's reading is interrupted for it.
    isolatesAtOnce: false,
    idle: () => !isAnyRunning(),
    // The next page that is opened is of the new version.
    onUpdate: () => {},
  });
  // Where this is refused, the demo still works with a network.
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.ready.then(() => navigator.serviceWorker.register(DEMO)).catch(() => {});
  }
}
