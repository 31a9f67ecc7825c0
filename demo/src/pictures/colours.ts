/** Hue difference between successive components, in degrees: the golden angle keeps any number of hues distinct. */
const HUE_STEP = 137.5;
const FIRST_HUE = 260;

export function colourOf(component: number, alpha = 1): string {
  return `oklch(0.68 0.16 ${(FIRST_HUE + HUE_STEP * component) % 360} / ${alpha})`;
}
