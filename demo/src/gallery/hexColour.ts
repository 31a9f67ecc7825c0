/** Any colour that CSS knows, as #rrggbb: three.js and hydra-synth do not read the newer notations. */
export function hexColour(colour: string): string {
  const picture = new OffscreenCanvas(1, 1).getContext('2d')!;
  picture.fillStyle = colour;
  picture.fillRect(0, 0, 1, 1);
  const [red, green, blue] = picture.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
