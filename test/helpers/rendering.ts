import type { NMFSeparatorNode } from 'nmf-separator-node';
import { sleep } from './sleep.ts';

/** Resolves once a live node captures frames: in WebKit that is not with the next quantum, and on a busy machine later. */
export async function untilRunning(separator: NMFSeparatorNode): Promise<void> {
  while (separator.statistics.framesIn === 0) await sleep(10);
}

/** Waits while so many seconds sound: on a busy machine the clock of a context may stand still. */
export async function sound(context: AudioContext, seconds: number): Promise<void> {
  const end = context.currentTime + seconds;
  while (context.currentTime < end) await sleep(10);
}

/**
 * Plays mono samples into nodes. Connects all nodes before the start: a live context may render between two calls, and
 * the nodes would then not start with the same sample.
 */
export function play(
  context: BaseAudioContext,
  samples: Float32Array<ArrayBuffer>,
  ...destinations: AudioNode[]
): AudioBufferSourceNode {
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.copyToChannel(samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  for (const destination of destinations) source.connect(destination);
  source.start();
  return source;
}

/** One array of samples a channel, as a buffer. */
export function bufferOf(channels: readonly Float32Array[], sampleRate: number): AudioBuffer {
  const buffer = new AudioBuffer({ length: channels[0].length, numberOfChannels: channels.length, sampleRate });
  for (const [c, samples] of channels.entries()) buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, c);
  return buffer;
}

/** Renders component k to channel k of the context, which needs as many channels as there are components. */
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

/** The sample-wise sum of the streams */
export function sumOf(streams: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  return Float32Array.from(streams[0], (_, n) => streams.reduce((sum, stream) => sum + stream[n], 0));
}

export function delayed(samples: Float32Array, delay: number, length = samples.length): Float32Array {
  const result = new Float32Array(length);
  result.set(samples.subarray(0, Math.max(0, length - delay)), delay);
  return result;
}
