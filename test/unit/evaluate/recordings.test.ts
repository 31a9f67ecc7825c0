import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFlac } from '../../../bench/evaluate/flac.ts';
import { decodeWav } from '../../../bench/evaluate/wav.ts';

const SPEECH = new URL('../../fixtures/evaluate/speech2/speech.flac', import.meta.url);

describe('FLAC', () => {
  it('is decoded to the samples that were encoded, by their MD5', () => {
    const { channels, sampleRate } = decodeFlac(readFileSync(SPEECH));
    expect(sampleRate).toBe(44100);
    expect(channels.map(({ length }) => length)).toEqual([6 * 44100]);
    expect(Math.max(...channels[0].subarray(0, 100_000))).toBeGreaterThan(0.05);
  });

  it('is refused where a byte is damaged, cut off, or it is something else', () => {
    const bytes = Uint8Array.from(readFileSync(SPEECH));
    expect(() => decodeFlac(bytes.slice(0, 50_000))).toThrow(/end too early/);
    bytes[50_000] ^= 4;
    expect(() => decodeFlac(bytes)).toThrow();
    expect(() => decodeFlac(Uint8Array.of(1, 2, 3, 4))).toThrow(/not a FLAC/);
  });
});

describe('WAV', () => {
  /** A file of two channels, with a chunk that nobody asked for. */
  function wav(code: number, bits: number, write: (data: Buffer, at: number, value: number) => void): Uint8Array {
    const samples = [0.5, -0.25, -1, 0];
    const data = Buffer.alloc(54 + (samples.length * bits) / 8);
    data.write('RIFF', 0);
    data.write('WAVEfmt ', 8);
    data.writeUInt32LE(16, 16);
    data.writeUInt16LE(code, 20);
    data.writeUInt16LE(2, 22);
    data.writeUInt32LE(48000, 24);
    data.writeUInt16LE(bits, 34);
    data.write('note', 36);
    // Odd, so that a byte of padding follows.
    data.writeUInt32LE(1, 40);
    data.write('data', 46);
    data.writeUInt32LE((samples.length * bits) / 8, 50);
    samples.forEach((value, i) => {
      write(data, 54 + (i * bits) / 8, value);
    });
    return data;
  }

  it.each([
    ['16 bits', wav(1, 16, (data, at, value) => data.writeInt16LE(value * 2 ** 15, at))],
    ['24 bits', wav(1, 24, (data, at, value) => data.writeIntLE(value * 2 ** 23, at, 3))],
    ['float', wav(3, 32, (data, at, value) => data.writeFloatLE(value, at))],
  ])('is decoded: %s', (_what, bytes) => {
    const { channels, sampleRate } = decodeWav(bytes);
    expect(sampleRate).toBe(48000);
    expect(channels).toEqual([Float32Array.of(0.5, -1), Float32Array.of(-0.25, 0)]);
  });

  it('is refused where it cannot be read', () => {
    expect(() => decodeWav(wav(6, 8, () => {}))).toThrow(/format 6 with 8 bits/);
    expect(() => decodeWav(Buffer.from('RIFF'))).toThrow(/not a WAV/);
  });
});
