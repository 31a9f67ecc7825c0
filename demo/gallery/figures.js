// Figures: its template gives a part its shape, low notes above, its level the size, and every onset sends a ripple out.

/** Points on one half of an outline, from LOWEST to HIGHEST Hz; the other half mirrors it. */
const POINTS = 48;
const [LOWEST, HIGHEST] = [50, 12_000];
/** Seconds until a ripple has faded */
const LIFE = 1.6;

/**
 * @param {HTMLElement} stage  empty; the picture fills it
 * @param {import('nmf-separator-node').NMFSeparatorNode} separator
 * @param {readonly { component: number, name: string, colour: string }[]} parts  those that sound, colours as #rrggbb
 */
export async function show(stage, separator, parts) {
  const { model } = separator;
  if (!model) throw new Error('Learn something first: the figures are made of what was learned.');
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'display: block; width: 100%; height: 100%';
  stage.append(canvas);
  const picture = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const figures = parts.map((part) => ({ ...part, outline: outlineOf(model, part.component), glow: 0 }));
  /** @type {import('nmf-separator-node').Onset[]} */
  let onsets = [];
  const subscription = separator.onsets$.subscribe((onset) => {
    // A hidden page draws nothing, so what waits must not grow.
    onsets = [...onsets.slice(-99), onset];
  });
  let frame = requestAnimationFrame(draw);

  function draw() {
    frame = requestAnimationFrame(draw);
    const now = separator.context.currentTime;
    onsets = onsets.filter(({ time }) => now < time + LIFE);
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(stage.clientWidth * scale), Math.round(stage.clientHeight * scale)];
    // A canvas that is given a size is cleared.
    Object.assign(canvas, { width, height });
    Object.assign(picture, { globalCompositeOperation: 'lighter', lineWidth: 2 * scale });
    // At its loudest, a figure fills three quarters of this: its share of the width.
    const reach = Math.min(height, (1.3 * width) / figures.length) / 2;
    for (const [i, figure] of figures.entries()) {
      figure.glow = Math.max(separator.levels[figure.component], 0.94 * figure.glow);
      const { component, colour, outline, glow } = figure;
      picture.setTransform(1, 0, 0, 1, (width * (i + 0.5)) / figures.length, height / 2);
      picture.fillStyle = picture.strokeStyle = colour;
      // With reduced motion the figures change in brightness only.
      trace(outline, reach * (still ? 0.7 : 0.35 + 0.4 * glow));
      picture.globalAlpha = 0.1 + 0.6 * glow;
      picture.fill();
      picture.globalAlpha = 0.5 + 0.5 * glow;
      picture.stroke();
      for (const { time, strength } of onsets.filter((onset) => onset.component === component && onset.time <= now)) {
        const age = (now - time) / LIFE;
        picture.globalAlpha = still ? 0 : 0.5 * strength * (1 - age) ** 2;
        trace(outline, reach * (0.6 + 1.1 * age));
        picture.stroke();
      }
    }
  }

  /** A closed curve through radii from 0 to 1, the first at the top. @param {number[]} outline @param {number} radius */
  function trace(outline, radius) {
    const corner = (/** @type {number} */ i) => {
      const angle = (2 * Math.PI * (i + 0.5)) / outline.length;
      const r = radius * (0.45 + 0.55 * outline[i % outline.length]);
      return [r * Math.sin(angle), -r * Math.cos(angle)];
    };
    picture.beginPath();
    for (let i = 0; i <= outline.length; i++) {
      // Quadratic curves that meet halfway between the corners make a smooth outline.
      const [[x, y], [nextX, nextY]] = [corner(i), corner(i + 1)];
      picture.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }
  }

  return () => {
    subscription.unsubscribe();
    cancelAnimationFrame(frame);
    canvas.remove();
  };
}

/** The templates of a part, summed, over 40 dB. @param {import('nmf-separator-node').NMFModel} model @param {number} component */
function outlineOf({ templates, componentOf, fftSize, sampleRate }, component) {
  const bins = fftSize / 2 + 1;
  const binAt = (/** @type {number} */ i) =>
    Math.round((LOWEST * (HIGHEST / LOWEST) ** (i / POINTS) * fftSize) / sampleRate);
  const energyAt = (/** @type {number} */ bin) =>
    componentOf.reduce((sum, k, r) => (k === component ? sum + (templates[r * bins + bin] ?? 0) : sum), 0);
  const loudest = Array.from({ length: POINTS }, (_, i) => {
    const many = Math.max(1, binAt(i + 1) - binAt(i));
    return Math.max(1e-9, ...Array.from({ length: many }, (_, n) => energyAt(binAt(i) + n)));
  });
  const half = loudest.map((value) => Math.max(0, 1 + Math.log10(value / Math.max(...loudest)) / 2));
  return [...half, ...half.toReversed()];
}
