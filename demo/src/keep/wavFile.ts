import encodeWav from '@audio/encode-wav';

/** 32-bit float, so that the export has exactly the computed samples and does not clip above full scale. */
const BIT_DEPTH = 32;

export async function wavOf(buffer: AudioBuffer): Promise<Blob> {
  const encoder = await encodeWav({ sampleRate: buffer.sampleRate, bitDepth: BIT_DEPTH });
  encoder.encode(Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c)));
  const bytes = encoder.flush();
  encoder.free();
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'audio/wav' });
}
