// What components are said to be like, on mixtures whose stems are known.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { separate } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { readRecording } from '../../bench/evaluate/recording.ts';
import { likenessOf } from '../../demo/src/table/likeness.ts';
import { sumOf } from '../helpers/rendering.ts';
import { energy } from '../helpers/signals.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
const CLIPS = fileURLToPath(new URL('../../demo/clips/', import.meta.url));
/** Milliseconds: eight mixtures are learned. */
const PATIENCE = 300_000;
/** The stems that may be called so */
const MEANING = { 'kick-like': 'kick', 'hat-like': 'hat' };

async function read(path: string) {
  const { channels, sampleRate } = await readRecording(path);
  return { samples: Float32Array.from(channels[0]), sampleRate };
}

/** The stems of an item by name; `rest` is what they leave of the bundled clip. */
async function stemsOf(folder: string, clip?: string) {
  const files = readdirSync(FIXTURES + folder);
  const stems = await Promise.all(
    files.map(async (file) => ({ name: file.replace('.flac', ''), ...(await read(`${FIXTURES}${folder}/${file}`)) })),
  );
  const sum = sumOf(stems.map(({ samples }) => samples));
  if (!clip) return { mixture: sum, stems };
  const { samples: mixture, sampleRate } = await read(`${CLIPS}${clip}.flac`);
  return {
    mixture,
    stems: [...stems, { name: 'rest', sampleRate, samples: mixture.map((value, n) => value - sum[n]) }],
  };
}

function likeliest(stems: readonly { name: string; samples: Float32Array }[], sound: Float32Array): string {
  const alike = stems.map(({ samples }) => {
    const product = samples.reduce((sum, value, n) => sum + value * sound[n], 0);
    return product / Math.sqrt(energy(samples));
  });
  return stems[alike.indexOf(Math.max(...alike))].name;
}

test(
  'what is called an instrument is that instrument',
  async () => {
    const items = [
      ...['drums1', 'notes1', 'duo1_flute_cello', 'speech2'].map((id) => [`evaluate/${id}`] as const),
      ...['drums', 'pop', 'duo', 'band'].map((id) => [`clips/${id}`, id] as const),
    ];
    /** What the stem is that is left over, where it is one that has a word */
    const rests: Readonly<Record<string, string>> = { drums: 'hat', pop: 'hat' };
    const named: string[] = [];
    for (const [folder, clip] of items) {
      const { mixture, stems } = await stemsOf(folder, clip);
      const plain = { sampleRate: stems[0].sampleRate, numberOfChannels: 1, getChannelData: () => mixture };
      const { components, model } = await separate(plain, { components: stems.length });
      for (const [k, component] of components.entries()) {
        const word = likenessOf(model, k);
        if (word !== 'kick-like' && word !== 'hat-like') continue;
        const found = likeliest(stems, component.getChannelData(0));
        const name = found === 'rest' ? rests[clip ?? ''] : found;
        expect(name, `${folder}: ${word}`).toBe(MEANING[word]);
        named.push(`${folder} ${word}`);
      }
    }
    // Words that no component got would be right of nothing. Some kicks and hi-hats get none.
    const found = ['evaluate/drums1 hat-like', 'clips/drums kick-like', 'clips/drums hat-like'];
    expect(named).toEqual(expect.arrayContaining(found));
  },
  PATIENCE,
);
