import encodeWav from '@audio/encode-wav';

/** Mono samples as a WAV of 16 bits. */
export async function wav(samples: Float32Array, sampleRate: number): Promise<Buffer> {
  const encoder = await encodeWav({ sampleRate, bitDepth: 16 });
  encoder.encode([samples]);
  const bytes = Buffer.from(encoder.flush());
  encoder.free();
  return bytes;
}
