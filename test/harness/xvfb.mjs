// A private X display: WebKitGTK's MiniBrowser has no headless mode.
import { once } from 'node:events';
import { startGroup } from './processes.mjs';

/** Milliseconds until the display must be ready. */
const START_TIMEOUT = 10_000;

/**
 * @param {{ width: number, height: number }} size  in pixels
 * @returns {Promise<{ display: string, close: () => Promise<void> }>}
 */
export async function startDisplay({ width, height }) {
  // With -displayfd the server itself picks a free display, and says which once it accepts clients.
  const { child, stop } = await startGroup(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  try {
    const announced = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    const [number] = await once(announced, 'data', { signal: AbortSignal.timeout(START_TIMEOUT) });
    return { display: `:${String(number).trim()}`, close: stop };
  } catch (cause) {
    await stop();
    throw new Error('Xvfb did not start', { cause });
  }
}
