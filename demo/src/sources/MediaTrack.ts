import {
  ADTS,
  AudioBufferSink,
  BlobSource,
  FLAC,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';
import { largestOf } from './largestOf.ts';

/** Not playlists: they would name files on other hosts. */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MP3, ADTS, MPEG_TS];
/** Seconds that are decoded before what is asked for: MP3 and AAC need the packets before one to decode it. */
const PREROLL = 0.25;
/** Seconds that are passed over where a file is damaged. */
const DAMAGE = 0.5;
/** Seconds of silence that are made at once where a file has a gap. */
const LONGEST_SILENCE = 1;
/** Places that are heard for each value of the envelope, so many seconds apart: packets that follow each other. */
const GLIMPSES = 4;
const GLIMPSE_INTERVAL = 0.024;

/** What a file says about its sound */
interface Description {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Whether this browser decodes it piece by piece */
  readonly decodable: boolean;
}

/** The first audio track of a file, decoded piece by piece where it is needed. */
export class MediaTrack implements Description {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly decodable: boolean;
  readonly #sink: AudioBufferSink;
  /** Seconds in the file at which the sound starts: in a video perhaps later than the picture */
  readonly #start: number;

  private constructor(sink: AudioBufferSink, start: number, { seconds, sampleRate, channels, decodable }: Description) {
    this.#sink = sink;
    this.#start = start;
    this.seconds = seconds;
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.decodable = decodable;
  }

  /**
   * @param onRead  called with the fraction of the file that has been read
   * @returns null when the file is of no known format, 'silent' when it has no audio track
   */
  static async open(file: Blob, onRead: (fraction: number) => void): Promise<MediaTrack | 'silent' | null> {
    const source = new BlobSource(file);
    // Playing reads as well, later on.
    const quiet = source.on('read', ({ end }) => onRead(end / file.size));
    const input = new Input({ formats: FORMATS, source });
    try {
      if (!(await input.canRead())) return null;
      const track = await input.getPrimaryAudioTrack();
      return track ? await MediaTrack.#describe(track) : 'silent';
    } finally {
      quiet();
    }
  }

  static async #describe(track: InputAudioTrack): Promise<MediaTrack> {
    const start = Math.max(0, await track.getFirstTimestamp());
    const seconds = Math.max(0, (await track.computeDuration()) - start);
    const sink = new AudioBufferSink(track);
    const first = (await track.canDecode()) ? await firstBuffer(sink, start) : null;
    return new MediaTrack(sink, start, {
      seconds,
      // Not what the file says, but what comes out: decoders of Opus have a rate of their own.
      sampleRate: first?.sampleRate ?? (await track.getSampleRate()),
      channels: first?.numberOfChannels ?? (await track.getNumberOfChannels()),
      decodable: first !== null,
    });
  }

  /** The samples from a place on, without gaps, in blocks of all channels. Fewer than asked for where the file ends. */
  async *blocks(from: number, to: number): AsyncGenerator<readonly Float32Array[], void, undefined> {
    const end = this.#frameAt(to);
    for (let next = this.#frameAt(from); next < end; ) {
      try {
        for await (const block of this.#decoded(next, end)) {
          next += block[0].length;
          yield block;
        }
        return;
      } catch (cause) {
        if (!isDamage(cause)) throw cause;
        yield* this.#silence(this.#frameAt(DAMAGE));
        next += this.#frameAt(DAMAGE);
      }
    }
  }

  /** How loud it is at so many places, 0 … 1. */
  async envelope(count: number, onProgress: (fraction: number) => void): Promise<Float32Array> {
    const places = Array.from({ length: count }, (_, i) => ((i + 0.5) * this.seconds) / count);
    const glimpses = places.flatMap((place) =>
      Array.from({ length: GLIMPSES }, (_, g) => this.#start + place + g * GLIMPSE_INTERVAL),
    );
    const peaks = new Float32Array(count);
    let seen = 0;
    for await (const found of this.#sink.buffersAtTimestamps(glimpses.toSorted((a, b) => a - b))) {
      const place = Math.floor(seen / GLIMPSES);
      if (found) peaks[place] = Math.max(peaks[place], largestOf(found.buffer.getChannelData(0)));
      seen += 1;
      onProgress(seen / glimpses.length);
    }
    return peaks;
  }

  async *#decoded(from: number, end: number): AsyncGenerator<readonly Float32Array[], void, undefined> {
    let next = from;
    const first = this.#start + Math.max(0, from / this.sampleRate - PREROLL);
    for await (const { buffer, timestamp } of this.#sink.buffers(first, this.#start + end / this.sampleRate)) {
      const missing = this.#frameAt(timestamp - this.#start) - next;
      if (missing > 0) {
        yield* this.#silence(missing);
        next += missing;
      }
      const block = this.#part(buffer, Math.max(0, -missing), end - next - Math.min(0, missing));
      if (block[0].length > 0) yield block;
      next += block[0].length;
    }
  }

  #part(buffer: AudioBuffer, from: number, to: number): readonly Float32Array[] {
    return Array.from({ length: this.channels }, (_, c) =>
      buffer.getChannelData(Math.min(c, buffer.numberOfChannels - 1)).subarray(from, to),
    );
  }

  *#silence(frames: number): Generator<readonly Float32Array[], void, undefined> {
    const most = this.#frameAt(LONGEST_SILENCE);
    for (let left = frames; left > 0; left -= most) {
      const block = new Float32Array(Math.min(left, most));
      yield Array.from({ length: this.channels }, () => block);
    }
  }

  #frameAt(seconds: number): number {
    return Math.round(seconds * this.sampleRate);
  }
}

/** null when the track has no sound that can be decoded */
async function firstBuffer(sink: AudioBufferSink, start: number): Promise<AudioBuffer | null> {
  try {
    for await (const { buffer } of sink.buffers(start)) return buffer;
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
  }
  return null;
}

/** A file that is gone, or changed since it was chosen, fails with other errors. */
function isDamage(cause: unknown): boolean {
  return cause instanceof DOMException ? cause.name === 'EncodingError' || cause.name === 'DataError' : false;
}
