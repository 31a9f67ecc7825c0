import { isSpectrogram, type LearningClip, type Spectrogram } from '../../dsp/learning/clips.ts';
import type { PlainSource } from '../../dsp/learning/LearnRequest.ts';
import { checkFloat32Array, isFloat32Array, show } from '../../parameters/checks.ts';

/** What an AudioBuffer has, as far as it is used here: Tone.js's buffers have it too. */
export interface AnyAudioBuffer {
  /** Hz */
  readonly sampleRate: number;
  /** Channels. */
  readonly numberOfChannels: number;
  /** The samples of a channel. */
  getChannelData(channel: number): Float32Array;
}

/** Sound to learn from: an AudioBuffer, mono samples at the context's rate, or a spectrogram. */
export type Clip = AudioBuffer | AnyAudioBuffer | Float32Array | Spectrogram;

/** Nothing: the rolling spectrogram. One clip: blind. An array of K clips: clip k teaches component k, null leaves it as it is. */
export type LearnSource = Clip | readonly (Clip | null)[];

/**
 * A source as plain data that can cross threads. Samples are copied, so that they can be handed over.
 *
 * @param sampleRate Hz, of samples that do not say it
 * @throws {TypeError} for what is no clip
 */
export function plainSource(source: LearnSource, sampleRate: number): PlainSource {
  if (!isList(source)) return plainClip(source, sampleRate, 'the clip');
  return source.map((clip, k) => clip && plainClip(clip, sampleRate, `clip ${k}`));
}

/** The buffers of clips, which can be handed over to a worker instead of copied once more. */
export function buffersOf(clips: readonly (LearningClip | null)[]): ArrayBuffer[] {
  return clips.flatMap((clip) => {
    if (!clip) return [];
    const arrays = isSpectrogram(clip) ? [clip.magnitudes] : clip.channels;
    return arrays.map(({ buffer }) => buffer as ArrayBuffer);
  });
}

function plainClip(clip: Clip, sampleRate: number, name: string): LearningClip {
  if (isFloat32Array(clip)) return { channels: [clip.slice()], sampleRate };
  if (typeof clip !== 'object' || clip === null) throw noClip(clip, name);
  if ('magnitudes' in clip) {
    checkFloat32Array(`source: the magnitudes of ${name}`, clip.magnitudes);
    return { ...clip, magnitudes: clip.magnitudes.slice() };
  }
  if (!('getChannelData' in clip)) throw noClip(clip, name);
  const channels = Array.from({ length: clip.numberOfChannels }, (_, c) => clip.getChannelData(c).slice());
  return { channels, sampleRate: clip.sampleRate };
}

function noClip(value: unknown, name: string): TypeError {
  return new TypeError(
    `source: ${name} is ${show(value)}; it must be an AudioBuffer, a Float32Array or a Spectrogram.`,
  );
}

function isList(source: LearnSource): source is readonly (Clip | null)[] {
  return Array.isArray(source);
}
