// Bars: one for each part, as high as it is loud. The levels are polled, once a frame.

/** Part of its height that a bar loses in a second of silence */
const FALL = 2.5;

/**
 * @param {HTMLElement} stage  empty; the picture fills it
 * @param {import('nmf-separator-node').NMFSeparatorNode} separator
 * @param {readonly { component: number, name: string, colour: string }[]} parts  those that sound, colours as #rrggbb
 */
export async function show(stage, separator, parts) {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'display: block; width: 100%; height: 100%';
  stage.append(canvas);
  const picture = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const heights = parts.map(() => 0);
  let before = performance.now();
  let frame = requestAnimationFrame(draw);

  /** @param {number} now  milliseconds */
  function draw(now) {
    frame = requestAnimationFrame(draw);
    const fall = (FALL * Math.max(0, now - before)) / 1000;
    before = now;
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(stage.clientWidth * scale), Math.round(stage.clientHeight * scale)];
    // A canvas that is given a size is cleared.
    Object.assign(canvas, { width, height });
    const step = Math.min(width / (parts.length + 1), 150 * scale);
    const breadth = step * 0.64;
    const floor = Math.min(0.8 * height, height - 44 * scale);
    const reach = floor - 0.12 * height;
    for (const [i, { component, name, colour }] of parts.entries()) {
      // A bar rises at once and falls slowly.
      heights[i] = Math.max(separator.levels[component], heights[i] - fall * heights[i]);
      const x = width / 2 + (i - (parts.length - 1) / 2) * step - breadth / 2;
      const length = Math.max(heights[i] * reach, 3 * scale);
      bar(x, floor - length, breadth, length, colour, 0.35 + 0.65 * heights[i]);
      // Its reflection in the floor
      bar(x, floor + 3 * scale, breadth, length * 0.22, colour, 0.14);
      picture.globalAlpha = 1;
      picture.fillStyle = '#dfe2f2';
      picture.font = `${13 * scale}px system-ui, sans-serif`;
      picture.textAlign = 'center';
      picture.fillText(name, x + breadth / 2, floor + 30 * scale, step * 0.95);
    }
  }

  /** @type {(x: number, y: number, breadth: number, length: number, colour: string, opacity: number) => void} */
  function bar(x, y, breadth, length, colour, opacity) {
    picture.globalAlpha = opacity;
    picture.fillStyle = colour;
    picture.beginPath();
    picture.roundRect(x, y, breadth, length, Math.min(breadth * 0.12, length / 2));
    picture.fill();
  }

  return () => {
    cancelAnimationFrame(frame);
    canvas.remove();
  };
}
