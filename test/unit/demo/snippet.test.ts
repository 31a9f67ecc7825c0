import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { snippetOf } from '../../../demo/src/develop/snippet.ts';
import { DEFAULT_SETTINGS } from '../../../demo/src/state/settings.ts';

const clip = (url: string, ...lessons: string[]) => ({ kind: 'clip', url, lessons }) as const;
const INPUT = { settings: DEFAULT_SETTINGS, sound: clip('clip.wav'), gains: [1, 1, 1] };

describe('the program of the page', () => {
  it.each([
    ['defaults', {}],
    ['a name with quotes', { sound: clip("it's a \\ clip.wav") }],
    ['lessons', { sound: clip('clip.wav', "one's.wav", 'two.wav', 'three.wav') }],
    ['a microphone', { sound: { kind: 'microphone' } as const }],
    ['a tab', { sound: { kind: 'tab' } as const }],
    [
      'all settings',
      { settings: { ...DEFAULT_SETTINGS, iterations: 5, restarts: 2, hopSize: 256, maskExponent: 1.5 } },
    ],
  ])('can be parsed with %s', async (_, change) => {
    const { code } = await transform(snippetOf({ ...INPUT, ...change }), { format: 'esm', target: 'es2022' });
    expect(code).toContain('separator.learn(');
    expect(
      snippetOf({ ...INPUT, ...change })
        .trimEnd()
        .split('\n'),
    ).toHaveLength(12);
  });

  it('says what differs from the defaults, and nothing else', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      components: 2,
      window: 'blackman-harris',
      seed: 7,
      clustering: 'none',
    } as const;
    const program = snippetOf({ ...INPUT, settings, gains: [0.123, 1, 1] });
    expect(program).toContain("new NMFSeparatorNode(context, { components: 2, window: 'blackman-harris' })");
    expect(program).toContain("learn(clip, { clustering: 'none', seed: 7 })");
    expect(program).toContain('[0.12, 1].entries()');
    const taught = snippetOf({ ...INPUT, settings, sound: clip('clip.wav', 'a.wav', 'b.wav') });
    // There is nothing to cluster.
    expect(taught).toContain("learn(await Promise.all(['a.wav', 'b.wav'].map(load)), { seed: 7 })");
  });
});
