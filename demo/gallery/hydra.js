// Hydra: every part is a pattern in its colour that turns, opens and shines with its level, by hydra-synth (AGPL).
import Hydra from 'hydra-synth';

/**
 * @param {HTMLElement} stage  empty; the picture fills it
 * @param {import('nmf-separator-node').NMFSeparatorNode} separator
 * @param {readonly { component: number, name: string, colour: string }[]} parts  those that sound, colours as #rrggbb
 */
export async function show(stage, separator, parts) {
  const canvas = document.createElement('canvas');
  // Half the size is enough for soft patterns, and spares small machines.
  Object.assign(canvas, { width: stage.clientWidth >> 1, height: stage.clientHeight >> 1 });
  canvas.style.cssText = 'display: block; width: 100%; height: 100%; object-fit: cover';
  const graphics = canvas.getContext('webgl');
  if (!graphics) throw new Error('Hydra needs WebGL, which this browser does not offer.');
  stage.append(canvas);
  const hydra = new Hydra({
    canvas,
    detectAudio: false,
    makeGlobal: false,
    autoLoop: false,
    enableStreamCapture: false,
  });
  const { osc, noise, solid, src, o0 } = hydra.synth;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  // Levels in a picture that feeds back should not jump.
  const levels = parts.map(() => 0);

  let picture = solid(0.02, 0.02, 0.05);
  for (const [i, { colour }] of parts.entries()) {
    const [red, green, blue] = [1, 3, 5].map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255);
    const level = () => levels[i];
    const pattern = osc(9 + 7 * i, 0.06, 0)
      .kaleid(3 + 2 * i)
      .rotate(i, still ? 0 : 0.08 * (-1) ** i)
      .modulate(noise(2 + i, 0.15), () => 0.08 + 0.3 * levels[i])
      .color(red, green, blue)
      .luma(0.25, 0.3);
    picture = picture.add(pattern, level);
  }
  picture.blend(src(o0).scale(still ? 1 : 1.015), 0.7).out(o0);

  let before = performance.now();
  let frame = requestAnimationFrame(draw);
  /** @param {number} now  milliseconds */
  function draw(now) {
    frame = requestAnimationFrame(draw);
    for (const [i, { component }] of parts.entries()) levels[i] += 0.35 * (separator.levels[component] - levels[i]);
    hydra.synth.speed = still ? 0 : 1;
    hydra.tick(now - before);
    before = now;
  }

  return () => {
    cancelAnimationFrame(frame);
    canvas.remove();
    graphics.getExtension('WEBGL_lose_context')?.loseContext();
  };
}
