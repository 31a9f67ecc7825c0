// Sketch: a ribbon for each part that swings as far as it is loud, by p5 in instance mode.
import P5 from 'p5';

/** Points of a ribbon */
const POINTS = 90;
/** Strands of a ribbon */
const STRANDS = 9;

/**
 * @param {HTMLElement} stage  empty; the picture fills it
 * @param {import('nmf-separator-node').NMFSeparatorNode} separator
 * @param {readonly { component: number, name: string, colour: string }[]} parts  those that sound, colours as #rrggbb
 */
export async function show(stage, separator, parts) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const levels = parts.map(() => 0);
  const sketch = new P5((/** @type {P5} */ p) => {
    p.setup = () => {
      p.createCanvas(stage.clientWidth, stage.clientHeight);
      p.noFill();
    };

    p.draw = () => {
      const { clientWidth, clientHeight } = stage;
      if (p.width !== clientWidth || p.height !== clientHeight) p.resizeCanvas(clientWidth, clientHeight);
      p.background('#0a0b16');
      p.blendMode(p.ADD);
      // With reduced motion the ribbons swell, but do not wander.
      const time = still ? 0 : p.millis() / 1000;
      for (const [i, { component, colour }] of parts.entries()) {
        levels[i] += 0.3 * (separator.levels[component] - levels[i]);
        const middle = (p.height * (i + 1)) / (parts.length + 1);
        for (let strand = 0; strand < STRANDS; strand++) {
          const shade = p.color(colour);
          shade.setAlpha(90 + 160 * levels[i]);
          p.stroke(shade);
          p.strokeWeight(1.2 + 3 * levels[i]);
          ribbon(i, strand, middle, time);
        }
      }
      p.blendMode(p.BLEND);
    };

    /** @type {(part: number, strand: number, middle: number, time: number) => void} */
    function ribbon(part, strand, middle, time) {
      p.beginShape();
      for (let n = 0; n <= POINTS; n++) {
        const x = n / POINTS;
        const swing = p.noise(3 * x + 10 * part, 0.12 * strand + 0.4 * time) - 0.5;
        // Both ends rest.
        const reach = Math.sin(Math.PI * x) * p.height * (0.06 + 0.7 * levels[part]);
        p.vertex(x * p.width, middle + swing * reach + 3 * (strand - STRANDS / 2) * Math.sin(Math.PI * x));
      }
      p.endShape();
    }
  }, stage);

  return () => sketch.remove();
}
