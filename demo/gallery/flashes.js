// Flashes: a ring for every onset, exactly when it is heard. An onset is told before its time, so it can wait for it.

/** Seconds until a ring has faded */
const LIFE = 0.9;

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
  const context = /** @type {AudioContext} */ (separator.context);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** @type {import('nmf-separator-node').Onset[]} */
  let onsets = [];
  const subscription = separator.onsets$.subscribe((onset) => {
    // A hidden page draws nothing, so what waits must not grow.
    onsets = [...onsets.slice(-99), onset];
  });
  let frame = requestAnimationFrame(draw);

  function draw() {
    frame = requestAnimationFrame(draw);
    // What the context plays now is heard later. Firefox on Linux can lock up when a page asks by how much.
    const heard = context.currentTime - (navigator.userAgent.includes('Firefox') ? 0 : context.outputLatency || 0);
    onsets = onsets.filter(({ time }) => heard < time + LIFE);
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(stage.clientWidth * scale), Math.round(stage.clientHeight * scale)];
    // A canvas that is given a size is cleared.
    Object.assign(canvas, { width, height });
    const radius = Math.min((0.36 * width) / parts.length, 0.22 * height);
    Object.assign(picture, {
      textAlign: 'center',
      font: `${13 * scale}px system-ui, sans-serif`,
      lineWidth: 3 * scale,
    });
    for (const [i, { component, name, colour }] of parts.entries()) {
      picture.setTransform(1, 0, 0, 1, ((i + 0.5) * width) / parts.length, 0.46 * height);
      picture.fillStyle = picture.strokeStyle = colour;
      circle(0.36 * radius, 0.25).fill();
      for (const { time, strength } of onsets.filter((onset) => onset.component === component && onset.time <= heard)) {
        const age = (heard - time) / LIFE;
        const opacity = (0.3 + 0.7 * strength) * (1 - age) ** 2;
        // With reduced motion nothing grows: the disc brightens a little, and fades.
        circle(0.36 * radius, (still ? 0.35 : 0.8) * opacity).fill();
        if (!still) circle(radius * (0.36 + 0.9 * (1 - (1 - age) ** 3)), opacity).stroke();
      }
      Object.assign(picture, { fillStyle: '#dfe2f2', globalAlpha: 1 });
      picture.fillText(name, 0, 1.3 * radius + 26 * scale, width / parts.length);
    }
  }

  /** @param {number} radius @param {number} opacity */
  function circle(radius, opacity) {
    picture.globalAlpha = opacity;
    picture.beginPath();
    picture.arc(0, 0, radius, 0, 2 * Math.PI);
    return picture;
  }

  return () => {
    subscription.unsubscribe();
    cancelAnimationFrame(frame);
    canvas.remove();
  };
}
