// Sound files that tests open, most of them odd.
import { closeSync, openSync, writeSync } from 'node:fs';
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } from 'mediabunny';

/** Bytes of a WAV before its samples */
const HEADER = 44;
const AMPLITUDE = 0.2;

/** Hz: the one tone tells the minute, the other the second. Both have whole periods in each second. */
export const MINUTE_TONES = Array.from({ length: 60 }, (_, minute) => 200 + 10 * minute);
export const SECOND_TONES = Array.from({ length: 60 }, (_, second) => 1000 + 40 * second);

/** Writes a 16-bit mono WAV whose pitch tells the time, piece by piece: an hour of it takes no memory. */
export function writeTimedWav(path: string, seconds: number, sampleRate: number): void {
  const file = openSync(path, 'w');
  writeSync(file, header(seconds * sampleRate, sampleRate, 1));
  const sine = Float64Array.from({ length: sampleRate }, (_, n) => Math.sin((2 * Math.PI * n) / sampleRate));
  for (let second = 0; second < seconds; second++) {
    const tones = [MINUTE_TONES[Math.floor(second / 60)], SECOND_TONES[second % 60]];
    const at = (_: unknown, n: number) =>
      tones.reduce((sum, tone) => sum + AMPLITUDE * sine[(n * tone) % sampleRate], 0);
    writeSync(file, samplesOf(Float64Array.from({ length: sampleRate }, at)));
  }
  closeSync(file);
}

/** A 16-bit WAV of a tone, the same in all channels */
export function toneWav(frequency: number, seconds: number, sampleRate: number, channels = 1): Buffer {
  const frames = Math.round(seconds * sampleRate);
  const at = (_: unknown, n: number) =>
    AMPLITUDE * Math.sin((2 * Math.PI * frequency * Math.floor(n / channels)) / sampleRate);
  return Buffer.concat([
    header(frames, sampleRate, channels),
    samplesOf(Float64Array.from({ length: frames * channels }, at)),
  ]);
}

/** MPEG-1 layer III frames of 128 kbit/s at 44.1 kHz, whose side information says that there is nothing in them. */
export function silentMp3(seconds: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9000);
  return Buffer.concat(Array.from({ length: Math.ceil((seconds * 44100) / 1152) }, () => frame));
}

/** A video without sound. Its pictures are none, but nobody looks at them. */
export async function muteVideo(): Promise<Buffer> {
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
  const pictures = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(pictures);
  await output.start();
  const packet = new EncodedPacket(new Uint8Array(16), 'key', 0, 1);
  await pictures.add(packet, { decoderConfig: { codec: 'vp8', codedWidth: 16, codedHeight: 16 } });
  await output.finalize();
  return Buffer.from(output.target.buffer!);
}

function header(frames: number, sampleRate: number, channels: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  const size = 2 * channels * frames;
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(HEADER - 8 + size, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(2 * channels * sampleRate, 28);
  bytes.writeUInt16LE(2 * channels, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(size, 40);
  return bytes;
}

function samplesOf(values: Float64Array): Buffer {
  return Buffer.from(Int16Array.from(values, (value) => Math.round(32768 * value)).buffer);
}
