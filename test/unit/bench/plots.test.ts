// Plots of small results that are given here, and the commands that write them.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plotsOf as evaluationPlots } from '../../../bench/evaluate/plots/plots.ts';
import { summarise } from '../../../bench/evaluate/report.ts';
import type { Score } from '../../../bench/evaluate/scores.ts';
import { COLOURS, type Plot } from '../../../bench/plots/look.mjs';
import { plotsOf as benchPlots } from '../../../bench/plots/plots.mjs';
import { asSvg } from '../../../bench/plots/svg.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const scores = (sdr: number, onsets?: Score['onsets']): Score[] => [{ sdr, sir: 20, sar: 20, onsets }];

const evaluation = summarise(
  [
    { id: 'drums1', category: 'drums', stems: {} },
    { id: 'song & speech', category: 'a_<new>_kind', stems: {} },
  ],
  [
    {
      mixture: scores(-4),
      blind: scores(6, { within50: 0.5, within25: 0.25, delay: 24 }),
      playback: scores(12, { within50: 0.75, within25: 0.6, delay: 12 }),
    },
    // Where no onset was found, there is no delay.
    {
      mixture: scores(-2),
      blind: scores(3, { within50: 0, within25: 0, delay: Number.NaN }),
      playback: scores(9),
    },
  ],
);

const hop = (mode: string, divergence: string, components: number, microseconds: number) => ({
  part: 'hops',
  ...{ name: 'hop', value: microseconds, unit: 'µs' },
  measurements: [{ mode, divergence, components, microseconds, hop: mode === 'playback' ? 10_000 : 2500 }],
});
const iteration = (templates: number, frames: number, milliseconds: number) => ({
  ...{ divergence: 'euclidean', templates, frames, milliseconds },
});
const rows = [
  hop('playback', 'kullback-leibler', 8, 80),
  hop('playback', 'kullback-leibler', 32, 320),
  hop('interactive', 'kullback-leibler', 8, 70),
  hop('interactive', 'kullback-leibler', 32, 270),
  hop('playback', 'euclidean', 8, 50),
  {
    part: 'growth',
    ...{ name: 'growth', value: 1, unit: '× the line' },
    measurements: [iteration(8, 100, 2), iteration(16, 100, 4), iteration(8, 1000, 25)],
  },
  {
    part: 'python',
    ...{ name: 'learning', value: 0.5, unit: '× numpy' },
    measurements: [{ divergence: 'euclidean', components: 8, peer: 'numpy', milliseconds: 20, theirs: 30 }],
  },
  {
    part: 'nodes',
    ...{ name: 'the first node', value: 40, unit: 'ms' },
    measurements: [
      { engine: 'chromium 1', nodes: 32, first: 40, many: 60, memory: 18 },
      { engine: 'firefox 2', nodes: 32, first: 80, many: 120, memory: 9 },
    ],
  },
];

const plots: Plot[] = [...evaluationPlots(evaluation), ...benchPlots(rows, 'a <machine>')];
const plotOf = (file: string) => plots.find((plot) => plot.file === file)!;
const svgOf = (file: string) => asSvg(plotOf(file));

/** The texts that are seen */
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );

/** Widths of the bars of a colour, from top to bottom; negative to the left */
const barsOf = (svg: string, colour: string) =>
  [...svg.matchAll(/<path d="M[\d.]+ [\d.]+l(-?[\d.]+) 0l0 [\d.]+l-?[\d.]+ 0Z" fill="(#\w+)"><\/path>/g)]
    .filter(([, , fill]) => fill === colour)
    .map(([, width]) => Number(width));

it('there is a plot for everything that was measured', () => {
  expect(plots.map(({ file }) => file)).toEqual([
    'separation.svg',
    'items.svg',
    'onsets.svg',
    'growth.svg',
    'hops.svg',
    'learning.svg',
    'nodes.svg',
  ]);
});

describe.each(plots.map((plot) => [plot.file, plot] as const))('%s', (_, plot) => {
  it('is an image of its size, in well-formed XML', async () => {
    const { format, width, height } = await sharp(Buffer.from(asSvg(plot))).metadata();
    expect({ format, width, height }).toEqual({ format: 'svg', width: plot.width, height: plot.height });
  });

  it('tells its title, and its figures to who does not see them', () => {
    const svg = asSvg(plot);
    const [, label] = /<svg [^>]*role="img" aria-label="([^"]+)">\n<title>/.exec(svg)!;
    expect(label.startsWith(plot.title)).toBe(true);
    expect(label).toMatch(/\d/);
    expect(svg).toContain(`<title>${plot.title}</title>`);
    expect(textsOf(svg)).toEqual(expect.arrayContaining([plot.title, plot.subtitle]));
  });

  it('needs nothing else, and is small', () => {
    const svg = asSvg(plot);
    expect(svg).not.toMatch(/<script|<style|<image|<foreignObject|href=|@import|url\((?!#)/);
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
    expect(svg.length).toBeLessThan(40_000);
    expect(new Set([...svg.matchAll(/font-family:([^;"]*)/g)].map(([, family]) => family))).toEqual(
      new Set(['sans-serif']),
    );
  });

  it('has the same bytes whenever it is drawn', () => {
    expect(asSvg(plot)).toBe(asSvg(plot));
  });
});

it('the separation has every kind, method and value, in bars of their proportions', () => {
  const svg = svgOf('separation.svg');
  const names = ['all (2)', 'drums (1)', 'a <new> kind (1)', 'not separated', 'blind, defaults', 'taught, playback'];
  const values = ['−3.0', '−4.0', '−2.0', '4.5', '6.0', '3.0', '10.5', '12.0', '9.0'];
  expect(textsOf(svg)).toEqual(expect.arrayContaining([...names, ...values, 'SDR, dB']));
  const blind = barsOf(svg, COLOURS.vermilion);
  expect(blind[1] / blind[2]).toBeCloseTo(6 / 3, 1);
  expect(barsOf(svg, COLOURS.grey)[1] / blind[1]).toBeCloseTo(-4 / 6, 1);
  expect(barsOf(svg, COLOURS.blue)[0] / blind[1]).toBeCloseTo(10.5 / 6, 1);
});

it('the items have every mixture, and tell the range of each method', () => {
  const svg = svgOf('items.svg');
  const names = ['drums1', 'song & speech', 'not separated', 'blind, defaults', 'taught, playback'];
  expect(textsOf(svg)).toEqual(expect.arrayContaining(names));
  expect(plotOf('items.svg').description).toContain('blind, defaults: 3.0 to 6.0 dB');
});

it('the onsets have F-measures and delays of the methods that have onsets', () => {
  const svg = svgOf('onsets.svg');
  const texts = textsOf(svg);
  expect(texts).toEqual(expect.arrayContaining(['blind, defaults', 'taught, playback', 'F-measure', 'delay, ms']));
  expect(texts).toEqual(expect.arrayContaining(['0.25', '0.13', '0.75', '0.60', '24.0', '12.0']));
  expect(texts).not.toContain('not separated');

  const [blind, playback] = barsOf(svg, COLOURS.orange);
  expect(blind / playback).toBeCloseTo(2, 1);
});

it('values are rounded once, and what rounds to zero has no sign', () => {
  const score = scores(-0.04, { within50: 0.81504, within25: 1, delay: 10 });
  const drawn = evaluationPlots(summarise([{ id: 'a', category: 'b', stems: {} }], [{ blind: score }])).map(asSvg);
  expect(textsOf(drawn[0])).toContain('0.0');
  expect(textsOf(drawn[0])).not.toContain('−0.0');
  expect(textsOf(drawn[2])).toContain('0.82');
});

it('a method that found no onset has no delay', () => {
  const none = scores(1, { within50: 0, within25: 0, delay: Number.NaN });
  const found = scores(1, { within50: 1, within25: 1, delay: 10 });
  const both = summarise([{ id: 'a', category: 'b', stems: {} }], [{ lecture: none, blind: found }]);
  const plot = evaluationPlots(JSON.parse(JSON.stringify(both))).find(({ file }) => file === 'onsets.svg')!;
  expect(plot.description).toContain('lecture’s setting: F-measure 0.00, delay in ms: none found');
  expect(barsOf(asSvg(plot), COLOURS.orange)).toHaveLength(1);
  expect(asSvg(plot)).not.toContain('NaN');
});

it('what was not evaluated is left out, and the rest drawn', () => {
  const withoutOnsets = summarise([{ id: 'a', category: 'b', stems: {} }], [{ lecture: scores(1) }]);
  const files = evaluationPlots(withoutOnsets).map(({ file }) => file);
  expect(files).toEqual(['separation.svg']);
  expect(() => evaluationPlots(summarise([{ id: 'a', category: 'b', stems: {} }], [{ other: scores(1) }]))).toThrow(
    '--plots',
  );
});

it('hops are drawn as a part of a core, and in microseconds', () => {
  const texts = textsOf(svgOf('hops.svg'));
  expect(texts).toEqual(expect.arrayContaining(['playback', 'interactive', 'euclidean', 'kullback-leibler']));
  expect(texts).toEqual(expect.arrayContaining(['3.2 %', '11 %', '320 µs', '50 µs', '% of a core', 'µs a hop']));
  expect(plotOf('hops.svg').description).toContain('interactive: 2.8 % with 8 components, 11 % with 32 components');
});

it('growth has a line by templates and one by frames', () => {
  const { description } = plotOf('growth.svg');
  expect(description).toContain('euclidean: 2.00 ms with 8 templates, 4.00 ms with 16 templates');
  expect(description).toContain('euclidean: 2.00 ms with 100 frames, 25.0 ms with 1000 frames');
  expect(textsOf(svgOf('growth.svg'))).toEqual(expect.arrayContaining(['4.00', '25.0', 'templates', 'frames']));
});

it('learning is drawn beside another library, with the factor', () => {
  const svg = svgOf('learning.svg');
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['euclidean, K = 8', 'numpy', '20', '30  (× 1.50)', 'ms']));
  expect(barsOf(svg, COLOURS.orange)[0] / barsOf(svg, COLOURS.blue)[0]).toBeCloseTo(1.5, 1);
});

it('nodes are drawn in every engine', () => {
  const svg = svgOf('nodes.svg');
  const names = ['chromium 1', 'firefox 2', 'the first node', '32 nodes', 'memory of 32 nodes', 'ms', 'MB'];
  expect(textsOf(svg)).toEqual(expect.arrayContaining([...names, '40', '60', '18', '80', '120', '9']));
  expect(barsOf(svg, COLOURS.skyBlue).map((width) => width / barsOf(svg, COLOURS.blue)[0])).toEqual([
    expect.closeTo(1.5, 1),
    expect.closeTo(3, 1),
  ]);
});

describe('the commands', () => {
  const output = mkdtempSync(join(tmpdir(), 'nmf-plots-'));
  // Within the repository, where the packages are found that the evaluation imports.
  const built = join(ROOT, '.cache/plots-test');
  const evaluate = (...args: string[]) => run(join(built, 'main.js'), ...args);
  const bench = (...args: string[]) => run('bench/main.mjs', ...args);

  beforeAll(async () => {
    mkdirSync(built, { recursive: true });
    const { options } = await loadConfigFile(join(ROOT, 'bench/evaluate/rollup.config.mjs'), {});
    const bundle = await rollup(options[0]);
    await bundle.write({ ...options[0].output[0], dir: built });
    await bundle.close();
  }, 60_000);
  afterAll(() => {
    for (const folder of [output, built]) rmSync(folder, { recursive: true });
  });

  it('evaluate writes plots and names them, and draws the same again from its JSON', async () => {
    const [first, again, json] = ['new/first', 'again', 'evaluation.json'].map((name) => join(output, name));
    const options = ['--items', 'speech2', '--methods', 'mixture,ideal mask', '--json', '--plots', first];
    const { stdout, stderr } = await evaluate(...options);
    expect(JSON.parse(stdout).items).toHaveLength(1);
    const files = readdirSync(first).toSorted();
    expect(files).toEqual(['items.svg', 'separation.svg']);
    for (const file of files) expect(stderr).toContain(`wrote ${join(first, file)}`);
    writeFileSync(json, stdout);
    const { stdout: text } = await evaluate('--from', json, '--plots', again);
    expect(text).toContain('mean of speech_music');
    for (const file of files) {
      expect(readFileSync(join(again, file), 'utf8')).toBe(readFileSync(join(first, file), 'utf8'));
    }
  });

  it('bench draws from its JSON, the chosen parts alone', async () => {
    const [folder, json] = ['bench', 'bench.json'].map((name) => join(output, name));
    writeFileSync(json, JSON.stringify({ machine: 'a machine', rows, absent: ['numpy is absent'] }));
    const { stdout, stderr } = await bench('hops', 'growth', '--from', json, '--plots', folder);
    expect(readdirSync(folder).toSorted()).toEqual(['growth.svg', 'hops.svg']);
    expect(stderr).toContain(`wrote ${join(folder, 'hops.svg')}`);
    expect(stdout).toMatch(/a machine\n.*80\.0 {2}µs/);
    expect(stdout).toContain('numpy is absent');
    expect(stdout).not.toContain('× numpy');
  });

  it('a part without a plot is refused before it is measured', async () => {
    const folder = join(output, 'none');
    await expect(bench('sizes', '--plots', folder)).rejects.toMatchObject({
      stderr: expect.stringContaining('parts that have one are growth, hops, python, nodes'),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['an unknown option', evaluate, ['--plot', 'x'], /'--plot'/],
    ['an unknown method', evaluate, ['--methods', 'magic'], /^--methods: there is no "magic" among mixture/],
    ['an unknown item', evaluate, ['--items', 'a,b'], /^--items: there is no "a" among drums1/],
    ['no seed', evaluate, ['--seeds', '0'], /^--seeds: "0" was given; .* at least 1/],
    ['a number that is none', evaluate, ['--across', 'many'], /^--across: "many" was given; .* at least 0/],
    ['more mixtures than there are', evaluate, ['--across', '1000'], /^--across: 1000 given, but there are only/],
    ['two folders', evaluate, ['a', 'b'], /^a, b: only one folder/],
    ['a folder without a manifest', evaluate, ['docs'], /^folder: docs.manifest\.json is no JSON.*no such file/],
    ['an unknown part', bench, ['magic'], /^magic: parts are learning/],
    ['a file that is none', bench, ['--from', 'none.json'], /^--from: none\.json is no JSON.*no such file/],
    ['a file that is no JSON', bench, ['--from', 'README.md'], /^--from: README\.md is no JSON.*JSON/],
  ])('%s is refused in a line', async (_, command, args, message) => {
    const refused = await command(...args).catch((error) => error);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(refused.stderr.trim()).not.toMatch(/\n {4}at /);
  });

  it('both tell what plots there are', async () => {
    for (const command of [evaluate, bench]) expect((await command('--help')).stdout).toContain('--plots');
  });
});

const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd: ROOT });
