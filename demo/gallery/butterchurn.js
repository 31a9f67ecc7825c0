// Butterchurn: Milkdrop's pictures, one beside the other, each fed by the sound of one part alone.
import module from 'butterchurn';

/** butterchurn is published as CommonJS: its default export is a property of what an import gives. */
const butterchurn = module.default;
/** Pixels along a side of a part's picture */
const SIZE = 512;

/**
 * @param {HTMLElement} stage  empty; the picture fills it
 * @param {import('nmf-separator-node').NMFSeparatorNode} separator
 * @param {readonly { component: number, name: string, colour: string }[]} parts  those that sound, colours as #rrggbb
 */
export async function show(stage, separator, parts) {
  const scenes = parts.map(({ component, colour }) => {
    const square = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
    const graphics = square.getContext('webgl2', { alpha: false });
    if (!graphics) throw new Error('Butterchurn needs WebGL 2, which this browser does not offer.');
    const source = separator.components[component];
    const visualizer = butterchurn.createVisualizer(source.context, square, { width: SIZE, height: SIZE });
    visualizer.connectAudio(source);
    visualizer.loadPreset(presetOf(colour));
    return { square, graphics, source, visualizer };
  });
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'display: block; width: 100%; height: 100%';
  stage.append(canvas);
  const picture = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  let frame = requestAnimationFrame(draw);

  function draw() {
    frame = requestAnimationFrame(draw);
    const { clientWidth: width, clientHeight: height } = stage;
    Object.assign(canvas, { width, height });
    const across = width > height;
    const [cellWidth, cellHeight] = across ? [width / scenes.length, height] : [width, height / scenes.length];
    const shown = SIZE / Math.max(cellWidth, cellHeight);
    const [shownWidth, shownHeight] = [shown * cellWidth, shown * cellHeight];
    for (const [i, { square, visualizer }] of scenes.entries()) {
      visualizer.render();
      const [left, top] = [(SIZE - shownWidth) / 2, (SIZE - shownHeight) / 2];
      const [x, y] = across ? [i * cellWidth, 0] : [0, i * cellHeight];
      picture.drawImage(square, left, top, shownWidth, shownHeight, x, y, cellWidth, cellHeight);
    }
  }

  return () => {
    cancelAnimationFrame(frame);
    canvas.remove();
    for (const { graphics, source, visualizer } of scenes) {
      visualizer.disconnectAudio(source);
      graphics.getExtension('WEBGL_lose_context')?.loseContext();
    }
  };
}

/** Functions, not text: butterchurn compiles text, which a Content-Security-Policy may forbid. @param {string} colour */
function presetOf(colour) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [red, green, blue] = [1, 3, 5].map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255);
  return {
    // With reduced motion a line, as the ring turns by itself.
    baseVals: {
      ...{
        wave_r: red,
        wave_g: green,
        wave_b: blue,
        wave_mode: still ? 6 : 0,
        wave_a: 1,
        wave_scale: 1.4,
        wave_thick: 1,
      },
      ...{ decay: still ? 0.9 : 0.965, gammaadj: 1.2, warp: still ? 0 : 0.4, mv_a: 0 },
    },
    init_eqs: (/** @type {Record<string, number>} */ values) => values,
    frame_eqs: (/** @type {Record<string, number>} */ values) => {
      if (still) return values;
      const { time, bass_att: low, treb_att: high } = values;
      return { ...values, zoom: 1.01 + 0.02 * low, rot: 0.03 * Math.sin(time / 3), wave_mystery: 0.2 * high };
    },
    ...{ pixel_eqs: '', shapes: [], waves: [], warp: '', comp: '' },
  };
}
