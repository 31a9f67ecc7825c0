// A private PulseAudio server with a null sink, so that an AudioContext runs on a machine without a sound card.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGroup } from './processes.mjs';
import { scratchDirectory } from './scratch.mjs';

/** Milliseconds until the server must listen. */
const START_TIMEOUT = 10_000;

/**
 * @param {{ sampleRate?: number }} [options]  the sink's rate, in Hz: contexts take it as their default
 * @returns {Promise<{ env: { PULSE_SERVER: string }, close: () => Promise<void> }>}
 */
export async function startPulse({ sampleRate = 48000 } = {}) {
  const home = scratchDirectory('pa');
  const socket = join(home.path, 'native');
  const modules = [
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    `module-null-sink sink_name=null rate=${sampleRate} channels=2`,
  ];
  const { child, stop } = await startGroup(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      // Real-time priority needs a D-Bus service that a container does not have.
      '--realtime=no',
      '--high-priority=no',
      ...modules.flatMap((module) => ['-L', module]),
    ],
    {
      env: {
        ...process.env,
        HOME: home.path,
        XDG_RUNTIME_DIR: home.path,
        PULSE_RUNTIME_PATH: home.path,
        // Without an address it waits for a system bus that is not there.
        DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent',
      },
    },
  );
  const close = async () => {
    await stop();
    home.remove();
  };
  const deadline = performance.now() + START_TIMEOUT;
  while (!existsSync(socket)) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await close();
      throw new Error(`PulseAudio did not start (exit code ${child.exitCode})`);
    }
    await delay(20);
  }
  return { env: { PULSE_SERVER: `unix:${socket}` }, close };
}
