/** Milliseconds between two readings of the clock */
const INTERVAL = 100;
/** Equal readings in a row after which the audio device counts as gone: the clock of a running context then stands still. */
const PATIENCE = 20;

/**
 * Resolves when the audio thread has rendered so many seconds of sound since it learned of all commands before this one.
 * The end of a silent sound says so: it starts whenever its command arrives. `currentTime` would not do: Firefox updates
 * it by messages to the main thread, so on a busy machine it is out of date. Resolves soon if the context does not run.
 */
export async function rendered(seconds: number, context: BaseAudioContext): Promise<void> {
  if (context.state !== 'running') return;
  const { sampleRate } = context;
  const buffer = new AudioBuffer({ length: Math.ceil(seconds * sampleRate), sampleRate });
  const silence = new AudioBufferSourceNode(context, { buffer });
  const ended = new Promise((resolve) => silence.addEventListener('ended', resolve, { once: true }));
  // Chromium does not render nodes that lead nowhere.
  silence.connect(context.destination);
  silence.start();
  const over = new AbortController();
  await Promise.race([ended, stopped(context, over.signal)]);
  over.abort();
  silence.disconnect();
}

/** Resolves when the context is suspended or closed, when its clock stands still, or when the signal aborts. */
async function stopped(context: BaseAudioContext, signal: AbortSignal): Promise<void> {
  let before = context.currentTime;
  for (let same = 0; same < PATIENCE && context.state === 'running' && !signal.aborted; ) {
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    same = context.currentTime === before ? same + 1 : 0;
    before = context.currentTime;
  }
}
