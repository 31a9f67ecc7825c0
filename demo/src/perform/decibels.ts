/** The gain of a fader at its top: +3.5 dB */
export const MOST_GAIN = 1.5;
/** Where a fader has no effect, of its way from 0 to 1 */
export const UNITY_POSITION = 0.85;
/**
 * How a fader feels: half its way down it takes away 10 dB, at a third 20 dB, and so on like the faders of mixing desks. Near
 * the bottom it goes to silence.
 */
const EXPONENT = Math.log(MOST_GAIN) / -Math.log(UNITY_POSITION);

/** @param position  of a fader, from 0 to 1 */
export function gainAt(position: number): number {
  // Exactly 1: what passes unchanged must add up exactly.
  return position === UNITY_POSITION ? 1 : MOST_GAIN * position ** EXPONENT;
}

/** The reverse of `gainAt` */
export function positionOf(gain: number): number {
  return gain === 1 ? UNITY_POSITION : (gain / MOST_GAIN) ** (1 / EXPONENT);
}

/** −Infinity for 0 */
export function decibelsOf(gain: number): number {
  return 20 * Math.log10(gain);
}

/** A gain for people, such as “−6.0 dB” */
export function textOf(gain: number): string {
  if (gain <= 0) return '−∞ dB';
  const text = Math.abs(decibelsOf(gain)).toFixed(1);
  if (Number(text) === 0) return '0.0 dB';
  return `${gain < 1 ? '−' : '+'}${text} dB`;
}
