import type { Fader } from '../audio/Mixer.ts';
import { INITIAL_STATE, MOST_COMPONENTS, NEUTRAL, type PageState } from '../state/PageState.ts';
import { DEFAULT_SETTINGS, hopSizesOf, type Settings } from '../state/settings.ts';

/** What a link contains: everything that decides what is heard. */
export interface Linked extends Pick<PageState, 'settings' | 'faders' | 'names' | 'master' | 'inputGain' | 'bypassed'> {
  /** The id of a bundled clip */
  readonly clip: string | null;
  /** For each learned component, the index of the stream it is merged into. */
  readonly groups: readonly number[] | null;
}

/** Words that a setting may be, or the least and the most that it may be */
const ALLOWED: Record<keyof Settings, readonly string[] | readonly [number, number]> = {
  components: [1, MOST_COMPONENTS],
  divergence: ['kullback-leibler', 'euclidean', 'itakura-saito'],
  clustering: ['auto', 'timbre', 'none'],
  solver: ['fast', 'multiplicative'],
  templatesPerComponent: [1, 64],
  iterations: [1, 2000],
  restarts: [1, 16],
  seed: [0, 999_999],
  latencyHint: ['playback', 'balanced', 'interactive'],
  fftSize: [256, 16_384],
  hopSize: [128, 8192],
  window: ['hann', 'blackman-harris'],
  maskExponent: [0.5, 8],
};
/** Settings that only a power of two makes sense for */
const POWERS = ['fftSize', 'hopSize'];
const LIST = '~';

/** The URL fragment by which the same is heard again. */
export function linkOf({ clip, settings, groups, faders, names, master, inputGain, bypassed }: Linked): string {
  const parameters = new URLSearchParams();
  if (clip) parameters.set('clip', clip);
  for (const [name, value] of Object.entries(settings)) {
    if (value !== DEFAULT_SETTINGS[name as keyof Settings]) parameters.set(name, String(value));
  }
  parameters.set('components', String(settings.components));
  if (groups) parameters.set('groups', groups.join('.'));
  const heard = { faders: faders.slice(0, settings.components), names: names.slice(0, settings.components) };
  if (heard.faders.some((fader) => writeFader(fader) !== ''))
    parameters.set('mix', heard.faders.map(writeFader).join(LIST));
  if (heard.names.some(Boolean))
    parameters.set('names', heard.names.map((name) => (name ?? '').replaceAll(LIST, '-')).join(LIST));
  if (master !== 1) parameters.set('master', master.toFixed(3));
  if (inputGain !== 1) parameters.set('input', inputGain.toFixed(3));
  if (bypassed) parameters.set('bypass', '1');
  return `#${parameters}`;
}

/** Reads a link. Missing and invalid values become the defaults. */
export function readLink(hash: string): Linked {
  const parameters = new URLSearchParams(hash.slice(1));
  const groups = parameters.get('groups');
  const list = (name: string) => parameters.get(name)?.split(LIST) ?? [];
  const [faders, names] = [list('mix').map(readFader), list('names').map((name) => name || null)];
  return {
    clip: parameters.get('clip'),
    settings: settingsOf(parameters),
    groups: groups ? groups.split('.').map(Number) : null,
    faders: INITIAL_STATE.faders.map((fader, k) => faders[k] ?? fader),
    names: INITIAL_STATE.names.map((name, k) => names[k] ?? name),
    master: between(Number(parameters.get('master') ?? 1), 0, 1.5) ?? 1,
    inputGain: between(Number(parameters.get('input') ?? 1), 0, 1.5) ?? 1,
    bypassed: parameters.get('bypass') === '1',
  };
}

function settingsOf(parameters: URLSearchParams): Settings {
  const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
  const given = names.map((name) => [name, settingOf(name, parameters.get(name)) ?? DEFAULT_SETTINGS[name]]);
  const settings: Settings = Object.fromEntries(given);
  const { hopSize, latencyHint, fftSize } = settings;
  const fits = hopSize !== null && hopSizesOf(latencyHint, fftSize).includes(hopSize);
  return fits ? settings : { ...settings, hopSize: null };
}

function settingOf(name: keyof Settings, text: string | null): string | number | null {
  if (text === null || text === '') return null;
  const allowed = ALLOWED[name];
  if (typeof allowed[0] === 'string') return (allowed as readonly string[]).includes(text) ? text : null;
  const value = between(Number(text), ...(allowed as readonly [number, number]));
  if (value === null || name === 'maskExponent') return value;
  return Number.isInteger(POWERS.includes(name) ? Math.log2(value) : value) ? value : null;
}

function between(value: number, least: number, most: number): number | null {
  return value >= least && value <= most ? value : null;
}

/** For example `0.5` or `1_-0.25_ms`: level, pan, whether muted and soloed; empty for a fader that was not moved */
function writeFader({ level, pan, muted, soloed }: Fader): string {
  if (level === 1 && pan === 0 && !muted && !soloed) return '';
  return [level, pan, `${muted ? 'm' : ''}${soloed ? 's' : ''}`].join('_');
}

function readFader(text: string): Fader {
  const [level, pan, flags = ''] = text.split('_');
  return {
    level: text === '' ? NEUTRAL.level : (between(Number(level), 0, 1.5) ?? NEUTRAL.level),
    pan: between(Number(pan), -1, 1) ?? NEUTRAL.pan,
    muted: flags.includes('m'),
    soloed: flags.includes('s'),
  };
}
