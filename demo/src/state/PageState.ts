import type { SeparatorState } from 'nmf-separator-node';
import type { Grouping } from '../audio/Grouping.ts';
import type { Fader, MixSettings } from '../audio/Mixer.ts';
import type { MidiSettings } from '../perform/Midi.ts';
import type { Sound } from '../sources/Sound.ts';
import type { Region } from '../timeline/Region.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** Sound that teaches one component: its samples, one array for each channel. */
export interface Lesson {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

/** Everything that the panels show. */
export interface PageState extends MixSettings {
  readonly settings: Settings;
  /** Whether each clip is learned as soon as it plays, and again after each change of the settings. */
  readonly automatic: boolean;
  readonly sound: Sound | null;
  /** The file that is being read, and how much of it; null at other times */
  readonly opening: { readonly name: string; readonly fraction: number } | null;
  /** The part of the recording to learn from; null for a live source */
  readonly region: Region | null;
  readonly playing: boolean;
  /** null before the first separator */
  readonly separator: SeparatorState | null;
  /** How many changes and learnings are under way */
  readonly tasks: number;
  /** The model in force, where it comes from, and which of its components are merged; null without a model */
  readonly grouping: Grouping | null;
  /** Names that the user typed, by component */
  readonly names: readonly (string | null)[];
  /** What was recorded to teach each component */
  readonly lessons: readonly (Lesson | null)[];
  /** Gain of the whole mix */
  readonly master: number;
  /** Gain of the source before it is separated */
  readonly inputGain: number;
  /** Whether the templates follow what is heard. */
  readonly adapting: boolean;
  readonly recording: boolean;
  readonly midi: MidiSettings;
}

export const NEUTRAL: Fader = { level: 1, pan: 0, muted: false, soloed: false };

/** Largest number of components that the page offers */
export const MOST_COMPONENTS = 8;

const each = <Value>(value: Value): readonly Value[] => new Array<Value>(MOST_COMPONENTS).fill(value);

export const INITIAL_STATE: PageState = {
  settings: DEFAULT_SETTINGS,
  automatic: true,
  sound: null,
  opening: null,
  region: null,
  playing: false,
  separator: null,
  tasks: 0,
  grouping: null,
  names: each<string | null>(null),
  faders: each(NEUTRAL),
  lessons: each<Lesson | null>(null),
  spotlight: null,
  master: 1,
  inputGain: 1,
  bypassed: false,
  silenced: false,
  adapting: false,
  recording: false,
  midi: { bindings: [], notes: [] },
};

/** A copy of a list with one value replaced. */
export function replaced<Value>(list: readonly Value[], index: number, value: Value): readonly Value[] {
  return list.map((before, i) => (i === index ? value : before));
}
