import encodeWav from '@audio/encode-wav';

/** 32-bit floats: what is exported is to the bit what was computed, and nothing clips. */
const BIT_DEPTH = 32;

export async function wavOf(buffer: AudioBuffer): Promise<Blob> {
  const encoder = await encodeWav({ sampleRate: buffer.sampleRate, bitDepth: BIT_DEPTH });
  encoder.encode(Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c)));
  const bytes = encoder.flush();
  encoder.free();
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'audio/wav' });
}
