import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import decodeFlac from '@audio/decode-flac';
import decodeWav from '@audio/decode-wav';

export interface Recording {
  /** One array of samples for each channel */
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
}

/** @throws {Error} when the file is neither FLAC nor WAV, or has no samples */
export async function readRecording(path: string): Promise<Recording> {
  const { channelData, sampleRate } = await decode(path);
  if (!channelData?.[0]?.length) throw new Error(`${path} holds no sound that can be read.`);
  return { channels: channelData, sampleRate };
}

async function decode(path: string) {
  const bytes = new Uint8Array(readFileSync(path));
  if (extname(path) === '.flac') return decodeFlac(bytes);
  if (extname(path) === '.wav') return decodeWav(bytes);
  throw new Error(`${path}: only FLAC and WAV can be read.`);
}
