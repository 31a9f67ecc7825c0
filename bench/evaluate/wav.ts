import type { Recording } from './flac.ts';

const PCM = 1;
const FLOAT = 3;
/** The format proper stands in the first two bytes of an extension. */
const EXTENSIBLE = 0xfffe;

/**
 * Decodes WAV: PCM of 16, 24 or 32 bits, or float of 32.
 *
 * @throws {Error} for any other
 */
export function decodeWav(bytes: Uint8Array): Recording {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('This is not a WAV file.');
  }
  let format: { code: number; channelCount: number; sampleRate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= data.length; ) {
    const name = data.toString('latin1', at, at + 4);
    const length = data.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'fmt ') {
      const code = data.readUInt16LE(start);
      format = {
        code: code === EXTENSIBLE ? data.readUInt16LE(start + 24) : code,
        channelCount: data.readUInt16LE(start + 2),
        sampleRate: data.readUInt32LE(start + 4),
        bits: data.readUInt16LE(start + 14),
      };
    }
    if (name === 'data' && format) {
      const { channelCount, sampleRate } = format;
      const read = sampleReader(data, format.code, format.bits);
      const width = format.bits / 8;
      const frames = Math.floor(Math.min(length, data.length - start) / (width * channelCount));
      const channels = Array.from({ length: channelCount }, (_, c) =>
        Float32Array.from({ length: frames }, (_, n) => read(start + (n * channelCount + c) * width)),
      );
      return { channels, sampleRate };
    }
    // Chunks of odd length are padded.
    at = start + length + (length % 2);
  }
  throw new Error('The WAV file has no samples.');
}

function sampleReader(data: Buffer, code: number, bits: number): (at: number) => number {
  if (code === FLOAT && bits === 32) return (at) => data.readFloatLE(at);
  if (code === PCM && bits >= 16 && bits <= 32) return (at) => data.readIntLE(at, bits / 8) / 2 ** (bits - 1);
  throw new Error(`WAV files of format ${code} with ${bits} bits cannot be read.`);
}
