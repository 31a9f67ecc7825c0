/** RGB, from silence to full scale. Lightness increases throughout, so the map also works for colour-blind people. */
const STOPS = [
  [13, 15, 31],
  [42, 27, 84],
  [108, 36, 116],
  [182, 54, 107],
  [236, 100, 74],
  [250, 170, 72],
  [253, 240, 189],
];

/** Number of entries of the colour map */
export const COLOURS = 256;

/** One 32-bit pixel for each entry, in the byte order of ImageData */
export const colourMap: Uint32Array = pixelsOf(
  Array.from({ length: COLOURS }, (_, i) => {
    const position = (i / (COLOURS - 1)) * (STOPS.length - 1);
    const below = Math.min(Math.floor(position), STOPS.length - 2);
    return STOPS[below].map((value, channel) => value + (position - below) * (STOPS[below + 1][channel] - value));
  }),
);

function pixelsOf(colours: number[][]): Uint32Array {
  const bytes = Uint8ClampedArray.from(colours.flatMap((colour) => [...colour, 255]));
  return new Uint32Array(bytes.buffer);
}
