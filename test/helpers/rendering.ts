import type { NMFSeparatorNode } from 'nmf-separator-node';

/** Plays mono samples into a node from the first sample of the context on. */
export function play(
  context: BaseAudioContext,
  samples: Float32Array<ArrayBuffer>,
  destination: AudioNode,
): AudioBufferSourceNode {
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.copyToChannel(samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(destination);
  source.start();
  return source;
}

/** Renders with component k on channel k; the context needs as many channels. */
export async function renderComponents(
  context: OfflineAudioContext,
  separator: NMFSeparatorNode,
): Promise<Float32Array[]> {
  const merger = context.createChannelMerger(separator.numberOfOutputs);
  for (let k = 0; k < separator.numberOfOutputs; k++) separator.connect(merger, k, k);
  merger.connect(context.destination);
  const rendered = await context.startRendering();
  return Array.from({ length: separator.numberOfOutputs }, (_, k) => rendered.getChannelData(k).slice());
}

/** The streams added up, sample by sample. */
export function sumOf(streams: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  return Float32Array.from(streams[0], (_, n) => streams.reduce((sum, stream) => sum + stream[n], 0));
}

export function delayed(samples: Float32Array, delay: number, length = samples.length): Float32Array {
  const result = new Float32Array(length);
  result.set(samples.subarray(0, Math.max(0, length - delay)), delay);
  return result;
}
