// `npm run models`: learns the drums model from the kits beside this file, and writes drumsData.ts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import decodeWav from '@audio/decode-wav';
import { factorize, magnitudes, stft } from 'nmf-separator-node/dsp';

const KITS = new URL('kits/', import.meta.url);
const FILE = new URL('drumsData.ts', import.meta.url);

export const LABELS = ['kick', 'snare', 'hat'];
export const LAYOUT = { fftSize: 2048, hopSize: 512 };
const BINS = LAYOUT.fftSize / 2 + 1;
/** Decibels below the largest value of a template that the smallest byte stands for. */
const RANGE = 96;

/** The kits: the parts of the files' names before the drum's. @returns {string[]} */
export function kitNames() {
  return [...new Set(readdirSync(KITS).flatMap((file) => /^(.*)-kick\.wav$/.exec(file)?.[1] ?? []))].sort();
}

/**
 * One template a drum, from a hit of each kit. Every kit counts the same.
 * @param {readonly string[]} kits
 * @returns {Promise<Float32Array>} drums × bins, each row sums to 1
 */
export async function learnDrums(kits) {
  const rows = await Promise.all(LABELS.map((drum) => learnDrum(kits, drum)));
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

/** @param {readonly string[]} kits @param {string} drum */
async function learnDrum(kits, drum) {
  const spectrograms = await Promise.all(kits.map((kit) => spectrogramOf(`${kit}-${drum}.wav`)));
  const V = Float32Array.from(spectrograms.flatMap((values) => [...values]));
  const { templates } = factorize(V, V.length / BINS, BINS, { templates: 1 });
  const sum = templates.reduce((total, value) => total + value, 0);
  return templates.map((value) => value / sum);
}

/** @param {string} file  of a hit @returns {Promise<Float32Array>} with a mean of 1 */
async function spectrogramOf(file) {
  const { channelData } = await decodeWav(new Uint8Array(readFileSync(new URL(file, KITS))));
  const values = magnitudes(stft(channelData[0], LAYOUT));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value / mean);
}

/**
 * A byte a value, by its decibels below the largest of its template; 0 for what lies below the range.
 * @param {Float32Array} templates
 */
function encode(templates) {
  const bytes = Uint8Array.from(templates, (value, i) => {
    const row = Math.floor(i / BINS);
    const largest = Math.max(...templates.subarray(row * BINS, (row + 1) * BINS));
    return Math.max(0, Math.round(255 + (255 * 20 * Math.log10(value / largest)) / RANGE));
  });
  return Buffer.from(bytes).toString('base64');
}

/** The text of drumsData.ts. */
export async function drumsSource() {
  const code = encode(await learnDrums(kitNames()));
  return `// Written by \`npm run models\` from the kits: change those, or makeDrums.mjs.

/** Decibels below the largest value of a template that the smallest byte stands for. */
export const RANGE = ${RANGE};
export const LABELS = ${JSON.stringify(LABELS).replaceAll('"', "'").replaceAll(',', ', ')};
/** drums × bins bytes, in base64. */
export const TEMPLATES =
  '${code}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, await drumsSource());
