import encodeWav from '@audio/encode-wav';

/** A 16-bit mono WAV file */
export async function wav(samples: Float32Array, sampleRate: number): Promise<Buffer> {
  const encoder = await encodeWav({ sampleRate, bitDepth: 16 });
  encoder.encode([samples]);
  const bytes = Buffer.from(encoder.flush());
  encoder.free();
  return bytes;
}
