/** Degrees on the colour wheel between neighbours: the golden angle keeps any number of them apart. */
const HUE_STEP = 137.5;
const FIRST_HUE = 260;

/** The colour that stands for a component everywhere on the page. */
export function colourOf(component: number, alpha = 1): string {
  return `oklch(0.68 0.16 ${(FIRST_HUE + HUE_STEP * component) % 360} / ${alpha})`;
}
