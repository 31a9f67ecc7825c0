// `separate` works in blocks, so that a long song does not need several times its size in memory.
import { separate } from 'nmf-separator-node';
import { expect, inject, test } from 'vitest';
import { commands } from 'vitest/browser';
import { sleep } from '../helpers/sleep.ts';

const RATE = 44100;
/** Four minutes in `npm run soak` */
const SECONDS = inject('soakSeconds') >= 600 ? 240 : 120;
/** Four minutes and their three components take 85 MB each; the rest is for intermediate results. */
const ALLOWED_MEGABYTES = (500 * SECONDS) / 240;

test(`${SECONDS / 60} minutes of stereo are separated within ${ALLOWED_MEGABYTES} MB`, {
  timeout: 120_000,
}, async () => {
  const before = await commands.browserMegabytes();
  const song = new AudioBuffer({ length: SECONDS * RATE, numberOfChannels: 2, sampleRate: RATE });
  for (let c = 0; c < 2; c++) writeBeats(song.getChannelData(c), c);
  let peak = 0;
  let done = false;
  const watch = async () => {
    while (!done) {
      peak = Math.max(peak, await commands.browserMegabytes());
      await sleep(50);
    }
  };
  // More iterations would take more time, but not more memory.
  const separating = separate(song, { components: 3, iterations: 10, restarts: 1 }).finally(() => {
    done = true;
  });
  const [{ components }] = await Promise.all([separating, watch()]);
  console.log(`peak: ${Math.round(peak - before)} MB`);
  expect(components.map(({ length }) => length)).toEqual([song.length, song.length, song.length]);
  expect(peak - before).toBeLessThan(ALLOWED_MEGABYTES);
});

/** Hz */
const INSTRUMENTS = [110, 440, 1760];

/** Decaying tones, two a second, of three instruments in turn */
function writeBeats(samples: Float32Array, channel: number): void {
  for (let n = 0; n < samples.length; n++) {
    const beat = Math.floor((2 * n) / RATE);
    const decay = Math.exp(-8 * ((2 * n) / RATE - beat));
    samples[n] = 0.5 * decay * Math.sin(2 * Math.PI * INSTRUMENTS[(beat + channel) % 3] * (n / RATE));
  }
}
