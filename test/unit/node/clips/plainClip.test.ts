import { expect, it } from 'vitest';
import { plainSource } from '../../../../src/node/clips/plainClip.ts';

const RATE = 44100;

it('samples are copied, so that they can be transferred to the worker', () => {
  const samples = Float32Array.of(1, 2, 3);
  const clip = plainSource(samples, RATE);
  expect(clip).toEqual({ channels: [samples], sampleRate: RATE });
  samples[0] = 9;
  expect(clip).toEqual({ channels: [Float32Array.of(1, 2, 3)], sampleRate: RATE });
});

it('accepts any object with the methods of an AudioBuffer, such as those of Tone.js', () => {
  const channels = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
  const buffer = { sampleRate: 8000, numberOfChannels: 2, getChannelData: (c: number) => channels[c] };
  expect(plainSource([buffer, null], RATE)).toEqual([{ channels, sampleRate: 8000 }, null]);
});

it.each([null, 5, 'clip', {}, [5]])('rejects %j', (value) => {
  expect(() => plainSource(value as never, RATE)).toThrow(TypeError);
});
