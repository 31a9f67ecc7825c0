import { createHash } from 'node:crypto';
import { BitReader } from './BitReader.ts';

/** PCM sound, one array a channel, in ±1. */
export interface Recording {
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
}

interface StreamInfo {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bitsPerSample: number;
  readonly samples: number;
  /** Of the decoded samples, in hexadecimal. */
  readonly md5: string;
}

/** How a frame's two channels were made from left and right (RFC 9639, section 9.1.3). */
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

/** Coefficients of the fixed predictors of order 0 to 4 (RFC 9639, section 9.2.5), newest sample first. */
const FIXED_PREDICTORS = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/**
 * Decodes FLAC (RFC 9639): fixed and linear predictors, every channel assignment, 4 to 24 bits.
 *
 * @throws {Error} where it is no FLAC, or the samples are not those that were encoded
 */
export function decodeFlac(bytes: Uint8Array): Recording {
  const reader = new BitReader(bytes);
  const info = readStreamInfo(reader);
  const channels = Array.from({ length: info.channelCount }, () => new Int32Array(info.samples));
  for (let decoded = 0; decoded < info.samples; ) decoded += readFrame(reader, info, channels, decoded);
  verify(channels, info);
  const scale = 2 ** (info.bitsPerSample - 1);
  return {
    channels: channels.map((samples) => Float32Array.from(samples, (x) => x / scale)),
    sampleRate: info.sampleRate,
  };
}

/** Reads the metadata; only the first block matters here. */
function readStreamInfo(reader: BitReader): StreamInfo {
  if (reader.unsigned(32) !== 0x664c6143) throw new Error('This is not a FLAC stream.');
  let info: StreamInfo | undefined;
  for (let last = 0; last === 0; ) {
    last = reader.unsigned(1);
    const type = reader.unsigned(7);
    const length = reader.unsigned(24);
    const next = reader.position + 8 * length;
    if (type === 0) {
      // Smallest and largest block and frame.
      reader.skip(16 + 16 + 24 + 24);
      info = {
        sampleRate: reader.unsigned(20),
        channelCount: reader.unsigned(3) + 1,
        bitsPerSample: reader.unsigned(5) + 1,
        samples: reader.unsigned(4) * 2 ** 32 + reader.unsigned(32),
        md5: Array.from({ length: 16 }, () => reader.unsigned(8).toString(16).padStart(2, '0')).join(''),
      };
    }
    reader.position = next;
  }
  if (!info) throw new Error('The FLAC stream does not say what it holds.');
  return info;
}

/** Decodes one frame into the channels, and returns its length in samples. */
function readFrame(reader: BitReader, info: StreamInfo, channels: readonly Int32Array[], start: number): number {
  if (reader.unsigned(15) !== 0x7ffc) throw new Error(`No FLAC frame begins at sample ${start}.`);
  reader.skip(1);
  const sizeCode = reader.unsigned(4);
  const rateCode = reader.unsigned(4);
  const assignment = reader.unsigned(4);
  reader.skip(4);
  skipCodedNumber(reader);
  const length = blockLength(sizeCode, reader);
  // The rate is that of the whole stream; its extra bytes only stand in the way.
  reader.skip(rateCode === 12 ? 8 : rateCode > 12 ? 16 : 0);
  reader.skip(8);
  const blocks = channels.map((samples, c) => {
    const block = samples.subarray(start, start + length);
    const isSide =
      (c === 0 && assignment === SIDE_RIGHT) || (c === 1 && (assignment === LEFT_SIDE || assignment === MID_SIDE));
    readSubframe(reader, block, info.bitsPerSample + (isSide ? 1 : 0));
    return block;
  });
  if (assignment >= LEFT_SIDE) decorrelate(blocks[0], blocks[1], assignment);
  reader.alignToByte();
  reader.skip(16);
  return length;
}

/** The frame's number, coded like a character of UTF-8: the leading ones count its bytes. */
function skipCodedNumber(reader: BitReader): void {
  const first = reader.unsigned(8);
  const leadingOnes = Math.clz32((~first & 0xff) << 24);
  reader.skip(8 * Math.max(0, leadingOnes - 1));
}

function blockLength(code: number, reader: BitReader): number {
  if (code === 1) return 192;
  if (code >= 2 && code <= 5) return 144 * 2 ** code;
  if (code === 6) return reader.unsigned(8) + 1;
  if (code === 7) return reader.unsigned(16) + 1;
  return 2 ** code;
}

function readSubframe(reader: BitReader, block: Int32Array, bits: number): void {
  reader.skip(1);
  const type = reader.unsigned(6);
  const wasted = reader.unsigned(1) ? 1 + reader.zeros() : 0;
  const depth = bits - wasted;
  if (type === 0) block.fill(reader.signed(depth));
  else if (type === 1) for (let n = 0; n < block.length; n++) block[n] = reader.signed(depth);
  else if (type >= 8 && type <= 12) readFixed(reader, block, depth, type - 8);
  else if (type >= 32) readLinear(reader, block, depth, type - 31);
  else throw new Error(`FLAC subframes of type ${type} are reserved.`);
  if (wasted) for (let n = 0; n < block.length; n++) block[n] <<= wasted;
}

function readFixed(reader: BitReader, block: Int32Array, depth: number, order: number): void {
  for (let n = 0; n < order; n++) block[n] = reader.signed(depth);
  readResidual(reader, block, order);
  predict(block, FIXED_PREDICTORS[order], 0);
}

function readLinear(reader: BitReader, block: Int32Array, depth: number, order: number): void {
  for (let n = 0; n < order; n++) block[n] = reader.signed(depth);
  const precision = reader.unsigned(4) + 1;
  const shift = reader.signed(5);
  const coefficients = Array.from({ length: order }, () => reader.signed(precision));
  readResidual(reader, block, order);
  predict(block, coefficients, shift);
}

/** Adds what the samples before predict to the residual, in place. */
function predict(block: Int32Array, coefficients: readonly number[], shift: number): void {
  const scale = 2 ** shift;
  for (let n = coefficients.length; n < block.length; n++) {
    let sum = 0;
    for (let i = 0; i < coefficients.length; i++) sum += coefficients[i] * block[n - 1 - i];
    block[n] += Math.floor(sum / scale);
  }
}

/** Partitions of Rice codes (RFC 9639, section 9.2.7), put where the samples will be. */
function readResidual(reader: BitReader, block: Int32Array, order: number): void {
  const parameterBits = reader.unsigned(2) === 0 ? 4 : 5;
  const verbatim = 2 ** parameterBits - 1;
  const partitions = 2 ** reader.unsigned(4);
  let n = order;
  for (let p = 1; p <= partitions; p++) {
    const end = (block.length / partitions) * p;
    const parameter = reader.unsigned(parameterBits);
    if (parameter === verbatim) {
      const bits = reader.unsigned(5);
      for (; n < end; n++) block[n] = bits ? reader.signed(bits) : 0;
    } else {
      for (; n < end; n++) {
        const folded = reader.zeros() * 2 ** parameter + reader.unsigned(parameter);
        block[n] = folded & 1 ? -(folded + 1) / 2 : folded / 2;
      }
    }
  }
}

/** Left and right from what a frame has instead, in place. */
function decorrelate(first: Int32Array, second: Int32Array, assignment: number): void {
  for (let n = 0; n < first.length; n++) {
    const [a, b] = [first[n], second[n]];
    if (assignment === LEFT_SIDE) second[n] = a - b;
    else if (assignment === SIDE_RIGHT) first[n] = a + b;
    else {
      // The bit that halving the sum had lost is that of the difference.
      const sum = 2 * a + (b & 1);
      first[n] = (sum + b) >> 1;
      second[n] = (sum - b) >> 1;
    }
  }
}

function verify(channels: readonly Int32Array[], { samples, bitsPerSample, md5 }: StreamInfo): void {
  const width = Math.ceil(bitsPerSample / 8);
  const bytes = Buffer.alloc(samples * channels.length * width);
  for (let n = 0, at = 0; n < samples; n++) {
    for (const channel of channels) at = bytes.writeIntLE(channel[n], at, width);
  }
  const actual = createHash('md5').update(bytes).digest('hex');
  if (actual !== md5) throw new Error(`The FLAC stream is damaged: its samples have the MD5 ${actual}, not ${md5}.`);
}
