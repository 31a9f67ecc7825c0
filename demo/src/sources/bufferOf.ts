export function bufferOf(channels: readonly Float32Array[], sampleRate: number): AudioBuffer {
  const buffer = new AudioBuffer({ numberOfChannels: channels.length, length: channels[0].length, sampleRate });
  for (const [c, samples] of channels.entries()) buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, c);
  return buffer;
}
