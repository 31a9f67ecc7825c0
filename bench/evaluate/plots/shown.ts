import { COLOURS, withMinus } from '../../plots/look.mjs';
import type { Evaluation } from '../report.ts';

/** A method as the plots show it. */
export interface Shown {
  readonly method: string;
  readonly label: string;
  readonly colour: string;
  readonly symbol: string;
  /** Degrees by which the stripes of its bars lean, if they have any */
  readonly stripes?: number;
}

/** The methods that are shown, in the order of the plots. */
const SHOWN: readonly Shown[] = [
  { method: 'mixture', label: 'not separated', colour: COLOURS.grey, symbol: 'diamond' },
  { method: 'lecture', label: 'blind, lecture’s setting', colour: COLOURS.orange, symbol: 'triangle', stripes: 45 },
  { method: 'blind patterns', label: 'blind, one pattern each', colour: COLOURS.purple, symbol: 'pin', stripes: 0 },
  { method: 'blind', label: 'blind, defaults', colour: COLOURS.vermilion, symbol: 'rect' },
  { method: 'interactive', label: 'taught, interactive', colour: COLOURS.skyBlue, symbol: 'arrow', stripes: -45 },
  { method: 'balanced', label: 'taught, balanced', colour: COLOURS.green, symbol: 'roundRect', stripes: 90 },
  { method: 'playback', label: 'taught, playback', colour: COLOURS.blue, symbol: 'circle' },
  { method: 'ideal mask', label: 'ideal mask (bound)', colour: COLOURS.black, symbol: 'emptyCircle' },
];

/** Those of the methods that were evaluated. */
export const shownIn = ({ mean }: Evaluation, methods: readonly string[]): readonly Shown[] =>
  SHOWN.filter(({ method }) => methods.includes(method) && method in mean);

/** What the categories of the manifest are called. */
const KINDS: Readonly<Record<string, string>> = {
  drums: 'drums',
  piano_bass_drums: 'piano, bass, drums',
  two_melodic: 'two melodic instruments',
  speech_music: 'speech over music',
  pop_k3: 'pop song',
  notes: 'notes of a piano',
  live: 'played live',
  solo_supervised: 'taught by solos',
  real_recording: 'real recording',
};

/** Of a category that has no other name, its own. */
export const kindOf = (category: string): string => KINDS[category] ?? category.replaceAll('_', ' ');

export const decibels = (value: number): string => withMinus(value.toFixed(1).replace('-0.0', '0.0'));

/** To so much less than the plots show that their labels stay what they are, and the files short. */
export const rounded = (value: number): number => Math.round(1e6 * value) / 1e6;
