/** Seconds of sound that are learned from at once, at most: what learning takes in time and memory grows with it. */
export const LONGEST = 180;
/** Seconds */
const SHORTEST = 1;
/** Seconds of a longer recording that are learned from unless the user chooses others. */
const USUAL = 60;

/** The part of a recording to learn from, in seconds. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** All of a recording that is short enough, otherwise a minute of it. */
export function usualRegion(seconds: number, from: number): Region {
  if (seconds <= LONGEST) return { from: 0, to: seconds };
  const start = Math.min(from, seconds - USUAL);
  return { from: start, to: start + USUAL };
}

/** The minute of a long recording in which it is loudest. @param peaks  evenly spread over the recording */
export function loudestRegion(seconds: number, peaks: Float32Array): Region {
  const width = Math.max(1, Math.round((USUAL / seconds) * peaks.length));
  const energies = peaks.map((peak) => peak ** 2);
  let sum = energies.subarray(0, width).reduce((total, energy) => total + energy, 0);
  let [loudest, first] = [sum, 0];
  for (let i = width; i < energies.length; i++) {
    sum += energies[i] - energies[i - width];
    if (sum > loudest) [loudest, first] = [sum, i - width + 1];
  }
  return usualRegion(seconds, (first / peaks.length) * seconds);
}

/** With another start. The end moves along where the region would become too short or too long. */
export function withStart({ to }: Region, wanted: number, seconds: number): Region {
  const from = clamp(wanted, 0, seconds - shortestOf(seconds));
  return { from, to: clamp(to, from + shortestOf(seconds), Math.min(seconds, from + LONGEST)) };
}

/** With another end. The start moves along where the region would become too short or too long. */
export function withEnd({ from }: Region, wanted: number, seconds: number): Region {
  const to = clamp(wanted, shortestOf(seconds), seconds);
  return { from: clamp(from, Math.max(0, to - LONGEST), to - shortestOf(seconds)), to };
}

/** As long as before, from another place on. */
export function movedTo({ from, to }: Region, wanted: number, seconds: number): Region {
  const length = to - from;
  const start = clamp(wanted, 0, seconds - length);
  return { from: start, to: start + length };
}

function shortestOf(seconds: number): number {
  return Math.min(SHORTEST, seconds);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
