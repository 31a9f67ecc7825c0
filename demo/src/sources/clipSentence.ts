import type { BundledClip } from './clips.ts';

const LIST = new Intl.ListFormat('en-GB');
const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** Tells how well a bundled clip comes apart. */
export function clipSentence({ parts }: BundledClip): string {
  const taught = parts.some(({ lesson }) => lesson);
  const apart = LIST.format(parts.map(({ name, sdr }) => `${NUMBER.format(sdr)} dB (${name})`));
  const mixed = LIST.format(parts.map(({ sdrOfMixture }) => NUMBER.format(sdrOfMixture).replace('-', '−')));
  const how = taught
    ? 'Taught from a few seconds of each part alone, playing other music'
    : 'Learned from the clip alone';
  return `${how}, the parts come out at ${apart} of signal to distortion. In the clip itself they are at ${mixed} dB.`;
}
