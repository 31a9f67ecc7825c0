export const RATE = 44100;
export const SECONDS = 10;

/** Mono, SECONDS long: random plucked tones over noise, so that no hop is silent. @param {number} seed */
export function music(seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const samples = new Float32Array(SECONDS * RATE);
  for (let note = 0; note < 12 * SECONDS; note++) {
    const start = Math.floor(random() * samples.length);
    const frequency = 55 * 2 ** (Math.floor(random() * 48) / 12);
    for (let n = start; n < Math.min(samples.length, start + RATE); n++) {
      const t = (n - start) / RATE;
      for (let h = 1; h <= 6; h++)
        samples[n] += (0.05 / h) * Math.exp(-4 * t * h) * Math.sin(2 * Math.PI * h * frequency * t);
    }
  }
  return samples.map((sample) => sample + 0.01 * (random() - 0.5));
}
