import type { MediaTrack } from './MediaTrack.ts';
import type { PlayableSource } from './PlayableSource.ts';
import { StreamedFile } from './StreamedFile.ts';
import { WholeFile } from './WholeFile.ts';

/** A recording that can be played, learned from, and looked at, of any length. */
export interface SoundFile {
  readonly name: string;
  readonly seconds: number;
  /** Of the file, in Hz */
  readonly sampleRate: number;
  readonly channels: number;
  /** Starts to play from the beginning, as soon as the node is connected. */
  source(context: AudioContext): PlayableSource;
  /** The sound between two times in seconds, at the sample rate the file was opened for, in two channels at most. */
  excerpt(from: number, to: number): Promise<AudioBuffer>;
  /** The same at the file's own sample rate and with all its channels */
  original(from: number, to: number): Promise<AudioBuffer>;
  /** How loud it is at `count` places, 0 … 1. Of a long recording only glimpses are taken. */
  peaks(count: number, onProgress: (fraction: number) => void): Promise<Float32Array>;
}

/** Seconds up to which a file is decoded as a whole, and played from memory. */
const SHORT = 180;
/** The same for a file that this browser cannot decode in pieces: two channels of it take 130 MB. */
const SHORT_ENOUGH = 360;
/** Bytes up to which a file is read into memory. */
const SMALL = 100e6;
/** Seconds that one frame of the spectrogram takes. */
const FRAME = 0.05;
/** How much of opening a file is reading it; the rest is decoding. */
const READING = 0.5;

/**
 * @param context  whose decoder is used, and whose sample rate excerpts have; an offline context will do
 * @param onProgress  called with the fraction that is done
 * @throws {Error} (as a rejection) when the file cannot be played; the message says why and what to do
 */
export async function openSoundFile(
  file: File,
  context: BaseAudioContext,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<SoundFile> {
  if (file.size === 0) throw new Error(`${file.name} is empty. Choose another file.`);
  const onRead = onlyForward((read) => onProgress(READING * read));
  const track = await trackOf(file, onRead);
  signal?.throwIfAborted();
  if (track) checkLength(file, track.seconds);
  const streamed = track?.decodable ? new StreamedFile(file.name, track, context.sampleRate) : null;
  if (streamed && isStreamedRather(streamed, file)) return streamed;
  checkSize(file, track);
  const bytes = await read(file, onRead, signal);
  const buffer = await decode(file, bytes, context).catch((cause) => {
    // Of a damaged file, a decoder of pieces may find more than that of the whole.
    if (streamed) return null;
    throw cause;
  });
  signal?.throwIfAborted();
  if (!buffer) return streamed!;
  checkLength(file, buffer.duration);
  return new WholeFile(file.name, buffer, track?.sampleRate ?? buffer.sampleRate, (sampleRate) =>
    redecode(file, sampleRate),
  );
}

/** A clip that is in memory already. */
export function soundFileOf(clip: AudioBuffer, name: string): SoundFile {
  return new WholeFile(name, clip, clip.sampleRate, async () => clip);
}

/** @returns null when it is of a format that only the browser may know */
async function trackOf(file: File, onRead: (fraction: number) => void): Promise<MediaTrack | null> {
  // As large as the rest of the page, and only needed once a file is opened.
  const { MediaTrack } = await import('./MediaTrack.ts').catch((cause) => {
    throw new Error(`The page could not load what reads ${file.name}. Check the connection, then reload the page.`, {
      cause,
    });
  });
  const track = await MediaTrack.open(file, onRead).catch((cause) => {
    if (isGone(cause)) throw unreadable(file, cause);
    return null;
  });
  if (track === 'silent') throw new Error(`${file.name} is a video without sound. Choose a file that has sound.`);
  return track;
}

function isStreamedRather({ seconds, channels }: SoundFile, file: File): boolean {
  return seconds > SHORT || channels > 2 || file.size > SMALL;
}

/** @throws {Error} when the file is too long to be decoded as a whole */
function checkSize(file: File, track: MediaTrack | null): void {
  if (file.size <= SMALL && (!track || track.seconds <= SHORT_ENOUGH)) return;
  const minutes = SHORT_ENOUGH / 60;
  throw new Error(
    `${file.name} is too long: this browser plays at most ${minutes} minutes of such a file. Save it as a WAV file.`,
  );
}

async function read(file: File, onRead: (fraction: number) => void, signal?: AbortSignal): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(file.size);
  let filled = 0;
  const reader = file.stream().getReader();
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    signal?.throwIfAborted();
    bytes.set(value, filled);
    filled += value.length;
    onRead(filled / file.size);
  }
  return bytes.buffer;
}

function decode(file: File, bytes: ArrayBuffer, context: BaseAudioContext): Promise<AudioBuffer> {
  return context.decodeAudioData(bytes).catch((cause) => {
    throw unreadable(file, cause);
  });
}

function checkLength(file: File, seconds: number): void {
  if (seconds === 0) throw new Error(`${file.name} holds no sound: it ends where it begins. Choose another file.`);
  if (seconds < FRAME) {
    throw new Error(
      `${file.name} is too short to learn from: it lasts ${Math.ceil(1000 * seconds)} ms. Choose a longer one.`,
    );
  }
}

function redecode(file: File, sampleRate: number): Promise<AudioBuffer> {
  const context = new OfflineAudioContext({ length: 1, sampleRate });
  return file.arrayBuffer().then((bytes) => decode(file, bytes, context));
}

function unreadable(file: File, cause: unknown): Error {
  return new Error(
    isGone(cause)
      ? `${file.name} can no longer be read. Choose the file again.`
      : `${file.name} could not be read as sound. Try a WAV, MP3, FLAC or M4A file.`,
    { cause },
  );
}

/** Whether the file was removed, or changed since it was chosen. */
function isGone(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'NotReadableError' || cause.name === 'NotFoundError');
}

/** Leaves out calls that would go back: parts of a file are read more than once. */
function onlyForward(report: (fraction: number) => void): (fraction: number) => void {
  let furthest = 0;
  return (fraction) => {
    if (fraction <= furthest) return;
    furthest = fraction;
    report(fraction);
  };
}
