import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { resample } from '../../src/dsp/transform/resample.ts';
import { readJson } from '../usage.mjs';
import { type Recording, readRecording } from './recording.ts';

/** An entry of a manifest. `stems` maps the name of each stem to the path of its recording. */
export interface ManifestItem {
  readonly id: string;
  readonly category: string;
  readonly stems: Readonly<Record<string, string>>;
  /** Training clips: other recordings of the same sources */
  readonly train?: { readonly stems: Readonly<Record<string, string>> };
  readonly solos?: Readonly<Record<string, string>>;
  /** Whether the stems are mixed down to mono, cut to the shortest, and brought to the same power. */
  readonly equalPower?: boolean;
  /** Whether the stems, and the training clips, are mixed down to mono and then panned apart. */
  readonly panned?: boolean;
  /** When each stem begins to sound, in seconds, where that is known */
  readonly onsets?: Readonly<Record<string, readonly number[]>>;
  /** Factor on all frequencies of the training clips */
  readonly transposed?: number;
}

/** One array of samples for each channel */
export type Channels = readonly Float32Array[];

/** The true sources and their mixture. */
export interface Excerpt {
  readonly stems: readonly Channels[];
  readonly mixture: Channels;
  /** When each stem begins to sound, in seconds, where that is known */
  readonly onsets?: readonly (readonly number[])[] | undefined;
}

export interface Item {
  readonly sampleRate: number;
  readonly whole: Excerpt;
  /** Training clips for supervised learning, one for each stem */
  readonly training: readonly Channels[];
  /** What a model learned from the training clips separates and is scored on */
  readonly test: Excerpt;
}

/**
 * The items of a folder's manifest.json, with the onsets of those that its onsets.json names, if it has one.
 * @throws {UsageError} when the folder has no manifest.json
 */
export function readManifest(folder: string): readonly ManifestItem[] {
  const items: readonly ManifestItem[] = readJson('folder', join(folder, 'manifest.json')).items;
  const file = join(folder, 'onsets.json');
  if (!existsSync(file)) return items;
  const onsets = readJson('folder', file).items;
  return items.map((item) => ({ ...item, onsets: onsets[item.id] }));
}

/**
 * Without training clips, the first half of the stems is used for training and the second half for the test.
 * @throws {Error} when a recording cannot be read, or the stems differ in rate, length or number of channels
 */
export async function loadItem(
  folder: string,
  { id, stems: paths, train, solos, equalPower, panned, onsets, transposed = 1 }: ManifestItem,
): Promise<Item> {
  const names = Object.keys(paths);
  const read = async (files: Readonly<Record<string, string>>) => {
    const found = await Promise.all(names.map((name) => readRecording(join(folder, files[name]))));
    return panned ? found.map((recording, k) => pannedTo(recording, k / (names.length - 1))) : found;
  };
  const recordings = equalPower ? atEqualPower(await read(paths)) : await read(paths);
  checkAlike(id, recordings);
  const stems = recordings.map(({ channels }) => channels);
  const trainingPaths = train?.stems ?? solos;
  const { sampleRate } = recordings[0];
  const times = onsets && names.map((name) => onsets[name]);
  // A schedule may go on after the end of the recording.
  const whole = partOf(excerptOf(stems, times), sampleRate, 0);
  const middle = Math.floor(stems[0][0].length / 2);
  const lessons = trainingPaths
    ? (await read(trainingPaths)).map(({ channels }) => channels)
    : stems.map((stem) => part(stem, 0, middle));
  return {
    sampleRate,
    whole,
    training: lessons.map((channels) =>
      channels.map((samples) => resample(samples, transposed * sampleRate, sampleRate)),
    ),
    test: trainingPaths ? whole : partOf(whole, sampleRate, middle),
  };
}

/** Amplitude, as a root mean square, of stems that are brought to the same power. */
const EQUAL_LEVEL = 0.1;

function atEqualPower(recordings: readonly Recording[]): Recording[] {
  const length = Math.min(...recordings.map(({ channels }) => channels[0].length));
  return recordings.map(({ channels, sampleRate }) => {
    const samples = mono(channels).subarray(0, length);
    const level = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / length);
    return { channels: [samples.map((value) => (level > 0 ? (value * EQUAL_LEVEL) / level : 0))], sampleRate };
  });
}

/** The left channel's part of the sources that lie farthest apart */
const LEFTMOST = 0.8;
const RIGHTMOST = 0.2;

/** @param place from 0, the leftmost, to 1 */
function pannedTo({ channels, sampleRate }: Recording, place: number): Recording {
  const left = LEFTMOST + (RIGHTMOST - LEFTMOST) * place;
  const samples = mono(channels);
  return { channels: [left, 1 - left].map((gain) => samples.map((value) => 2 * gain * value)), sampleRate };
}

/** The mean of the channels */
export function mono(channels: Channels): Float32Array {
  return Float32Array.from(
    channels[0],
    (_, n) => channels.reduce((sum, samples) => sum + samples[n], 0) / channels.length,
  );
}

function checkAlike(id: string, recordings: readonly Recording[]): void {
  const shapes = recordings.map(
    ({ channels, sampleRate }) => `${channels.length} × ${channels[0].length} samples at ${sampleRate} Hz`,
  );
  const other = shapes.find((shape) => shape !== shapes[0]);
  if (other) throw new Error(`The stems of ${id} must be alike: one has ${shapes[0]}, another ${other}.`);
}

function excerptOf(stems: readonly Channels[], onsets?: Excerpt['onsets']): Excerpt {
  const mixture = stems[0].map((first, c) =>
    Float32Array.from(first, (_, n) => stems.reduce((sum, stem) => sum + stem[c][n], 0)),
  );
  return { stems, mixture, onsets };
}

/** @param end the end of the excerpt unless given */
export function partOf({ stems, onsets }: Excerpt, sampleRate: number, start: number, end?: number): Excerpt {
  const parts = stems.map((stem) => part(stem, start, end));
  const [first, last] = [start / sampleRate, (start + parts[0][0].length) / sampleRate];
  const inPart = (times: readonly number[]) =>
    times.filter((time) => time >= first && time < last).map((time) => time - first);
  return excerptOf(parts, onsets?.map(inPart));
}

function part(channels: Channels, start: number, end?: number): Channels {
  return channels.map((samples) => samples.slice(start, end));
}
