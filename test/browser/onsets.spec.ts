// When components start to sound, and how loud they are.
import { NMFModel, type NMFSeparatorNode, type NMFSeparatorOptions, type Onset } from 'nmf-separator-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { watchMessages } from '../helpers/messages.ts';
import { temporaryNodes } from '../helpers/nodes.ts';
import { play } from '../helpers/rendering.ts';
import { noise } from '../helpers/signals.ts';
import { sleep } from '../helpers/sleep.ts';

const RATE = 44100;
const MODES = ['playback', 'balanced', 'interactive'] as const;
const makeNode = temporaryNodes();

let context: AudioContext;

beforeAll(async () => {
  context = new AudioContext();
  await context.resume();
});

/** Two instruments: a low drum and a bright one, each a sine that dies away. */
const HERTZ = [150, 5000];

/** @param hits seconds, and how loud */
function drum(hertz: number, hits: readonly (readonly [time: number, amplitude: number])[], seconds: number) {
  const samples = new Float32Array(Math.round(seconds * RATE));
  for (const [time, amplitude] of hits) {
    const start = Math.round(time * RATE);
    for (let n = 0; start + n < samples.length; n++) {
      samples[start + n] += amplitude * Math.exp(-n / RATE / 0.05) * Math.sin((2 * Math.PI * hertz * n) / RATE + 0.5);
    }
  }
  return samples;
}

const lessons = () => HERTZ.map((hertz) => drum(hertz, [0.1, 0.5, 0.9].map((time) => [time, 0.5] as const), 1.3));

/** Renders a sound through a node that was taught the two drums. */
async function render(samples: Float32Array<ArrayBuffer>, options: NMFSeparatorOptions = {}) {
  const offline = new OfflineAudioContext(1, samples.length, RATE);
  const node = makeNode(offline, { components: 2, ...options });
  await node.learn(lessons());
  const onsets: Onset[] = [];
  const levels: Float32Array[] = [];
  node.onsets$.subscribe((onset) => onsets.push(onset));
  node.activations$.subscribe((frame) => levels.push(frame.levels));
  play(offline, samples, node);
  node.connect(offline.destination);
  await offline.startRendering();
  await expect.poll(() => node.state).toBe('disposed');
  return { onsets, levels, latency: node.latency };
}

describe.each(MODES)('onsets, %s', (latencyHint) => {
  const hits = [0.3, 0.55, 0.8, 1.4, 1.52, 2.0];

  test('each is told once, in order, within 25 ms, and none in silence', async () => {
    const low = drum(HERTZ[0], hits.map((time) => [time, 0.5] as const), 4);
    const high = drum(HERTZ[1], hits.map((time) => [time + 0.35, 0.4] as const), 4);
    const { onsets, latency } = await render(low.map((value, n) => value + high[n]), { latencyHint });
    expect(onsets.map(({ time }) => time)).toEqual(onsets.map(({ time }) => time).sort((a, b) => a - b));
    for (const [k, shift] of [0, 0.35].entries()) {
      const times = onsets.filter(({ component }) => component === k).map(({ time }) => time - latency - shift);
      expect(times.length, JSON.stringify(onsets)).toBe(hits.length);
      for (const [i, time] of times.entries()) expect(Math.abs(time - hits[i])).toBeLessThan(0.025);
    }
    for (const { strength } of onsets) expect([strength > 0, strength <= 1]).toEqual([true, true]);
  });

  test('a note that holds is one onset, and a soft hit is less than a hard one', async () => {
    const held = Float32Array.from({ length: 2 * RATE }, (_, n) =>
      n < 0.5 * RATE || n > 1.5 * RATE ? 0 : 0.3 * Math.sin((2 * Math.PI * HERTZ[0] * n) / RATE),
    );
    const { onsets } = await render(held, { latencyHint });
    expect(onsets.map(({ component }) => component)).toEqual([0]);
    const soft = await render(drum(HERTZ[0], [[0.3, 0.5], [0.8, 0.05]], 1.5), { latencyHint });
    const strengths = soft.onsets.map(({ strength }) => strength);
    expect(strengths).toHaveLength(2);
    expect(strengths[1]).toBeLessThan(0.7 * strengths[0]);
  });
});

test.each([
  ['playback', 'worker'],
  ['playback', 'worklet'],
  ['interactive', 'worklet'],
] as const)('live, onsets come before they are heard: %s, %s', async (latencyHint, activation) => {
  const node = makeNode(context, { components: 2, latencyHint, activation });
  await node.learn(lessons());
  const hits = [0, 0.25, 0.5, 0.75].map((time) => [time, 0.5] as const);
  const ahead: number[] = [];
  node.onsets$.subscribe(({ time }) => ahead.push(time - context.currentTime));
  const buffer = new AudioBuffer({ length: RATE, sampleRate: RATE });
  buffer.copyToChannel(drum(HERTZ[0], hits, 1), 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(node);
  source.start();
  await expect.poll(() => ahead.length, { timeout: 20_000 }).toBeGreaterThan(12);
  console.log(`${latencyHint}, ${activation}: told ahead by`, ahead.map((value) => (1000 * value).toFixed(1)).join(' '));
  ahead.sort((a, b) => a - b);
  if (latencyHint === 'playback') expect(ahead[Math.floor(ahead.length / 2)]).toBeGreaterThan(0);
});

test('nothing is looked for while nobody is subscribed', async () => {
  const messages = watchMessages();
  const node = makeNode(context, { components: 2 });
  await node.learn(lessons());
  play(context, drum(HERTZ[0], [[0, 0.5], [0.3, 0.5], [0.6, 0.5]], 1), node).loop = true;
  await sleep(1500);
  expect(messages.count('onset')).toBe(0);
  const subscription = node.onsets$.subscribe();
  await expect.poll(() => messages.count('onset')).toBeGreaterThan(1);
  subscription.unsubscribe();
  await sleep(500);
  const sent = messages.count('onset');
  await sleep(1500);
  expect(messages.count('onset')).toBe(sent);
  messages.stop();
});
