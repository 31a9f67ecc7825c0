import type { NMFModel, Onset } from 'nmf-separator-node';
import { element, within } from '../page/element.ts';
import { colourOf } from './colours.ts';
import { loudestBetween } from './loudestBetween.ts';
import { spectrumOf } from './spectrumOf.ts';

/** Points on one half of a figure's outline; the other half is its mirror image. */
const POINTS = 48;
/** Hz at the top and at the bottom of a figure */
const LOWEST = 50;
const HIGHEST = 12_000;
/** Seconds until a ripple has faded */
const RIPPLE_LIFE = 1.6;
const MOST_RIPPLES = 40;
/** Factor by which the glow decays each second */
const GLOW_DECAY = 0.02;
/** Most pixels of the canvas: more lower the frame rate without visible gain. */
const MOST_PIXELS = 1_500_000;

interface Figure {
  /** Radius of each point, 0…1: the component's spectrum in dB */
  outline: readonly number[];
  /** Rises with the level and decays slowly. */
  glow: number;
}

interface Ripple {
  readonly component: number;
  readonly strength: number;
  age: number;
}

/** A full-screen picture with a figure for each component: its templates give the shape, its level the size. Every onset sends a ripple out. */
export class Visualizer {
  readonly #dialog = element('visualizer', HTMLDialogElement);
  /** Inside the dialog, because browsers refuse to make a dialog itself full-screen. */
  readonly #screen = within(this.#dialog, '.screen', HTMLElement);
  readonly #canvas = within(this.#dialog, 'canvas', HTMLCanvasElement);
  readonly #context = this.#canvas.getContext('2d')!;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  #figures: (Figure | null)[] = [];
  #ripples: Ripple[] = [];

  constructor() {
    this.#dialog.addEventListener('close', () => {
      if (document.fullscreenElement) document.exitFullscreen();
    });
    document.addEventListener('fullscreenchange', () => {
      if (!document.fullscreenElement) this.#dialog.close();
    });
  }

  async open(): Promise<void> {
    this.#dialog.showModal();
    this.#draw(performance.now());
    // Without full screen, as on some phones, the dialog covers the page.
    await this.#screen.requestFullscreen?.().catch(() => {});
    // The dialog may have been closed before the browser switched to full screen.
    if (!this.#dialog.open && document.fullscreenElement) await document.exitFullscreen();
  }

  close(): void {
    this.#dialog.close();
  }

  showModel(model: NMFModel): void {
    this.#figures = Array.from({ length: model.components }, (_, k) =>
      model.componentOf.includes(k) ? { outline: outlineOf(model, k), glow: 0 } : null,
    );
    this.#ripples = [];
  }

  /** @param levels  one for each component, of the frame that is heard now */
  addLevels(levels: Float32Array): void {
    for (const [k, figure] of this.#figures.entries()) {
      if (figure) figure.glow = Math.max(figure.glow, levels[k]);
    }
  }

  /** A component starts to sound now. */
  addOnset({ component, strength }: Onset): void {
    this.#ripples.push({ component, strength, age: 0 });
    this.#ripples.splice(0, this.#ripples.length - MOST_RIPPLES);
  }

  #draw(before: number): void {
    requestAnimationFrame((now) => {
      if (!this.#dialog.open) return;
      const elapsed = Math.min((now - before) / 1000, 0.1);
      this.#age(elapsed);
      this.#paint();
      this.#draw(now);
    });
  }

  #age(elapsed: number): void {
    for (const figure of this.#figures) {
      if (!figure) continue;
      figure.glow *= GLOW_DECAY ** elapsed;
    }
    for (const ripple of this.#ripples) ripple.age += elapsed / RIPPLE_LIFE;
    this.#ripples = this.#ripples.filter(({ age }) => age < 1);
  }

  #paint(): void {
    const { width, height } = this.#fit();
    const context = this.#context;
    context.globalCompositeOperation = 'source-over';
    context.fillStyle = '#0a0b16';
    context.fillRect(0, 0, width, height);
    context.globalCompositeOperation = 'lighter';
    const sounding = this.#figures.flatMap((figure, k) => (figure ? [{ figure, k }] : []));
    const reach = Math.min(height, (1.6 * width) / Math.max(sounding.length, 1)) / 2;
    for (const [place, { figure, k }] of sounding.entries()) {
      const x = (width * (place + 0.5)) / sounding.length;
      // With reduced motion the figures change in brightness only.
      const scale = this.#still.matches ? 0.7 : 0.35 + 0.4 * figure.glow;
      this.#outline(figure, x, height / 2, scale * reach);
      context.fillStyle = colourOf(k, 0.1 + 0.6 * figure.glow);
      context.fill();
      context.strokeStyle = colourOf(k, 0.5 + 0.5 * figure.glow);
      context.lineWidth = 1.5 + 2 * figure.glow;
      context.stroke();
      if (!this.#still.matches) this.#paintRipples(k, figure, x, height / 2, reach);
    }
  }

  #paintRipples(component: number, figure: Figure, x: number, y: number, reach: number): void {
    for (const ripple of this.#ripples) {
      if (ripple.component !== component) continue;
      this.#outline(figure, x, y, reach * (0.6 + 1.1 * ripple.age));
      this.#context.strokeStyle = colourOf(component, 0.5 * ripple.strength * (1 - ripple.age) ** 2);
      this.#context.lineWidth = 2;
      this.#context.stroke();
    }
  }

  /** Adds a closed, symmetric curve to the path: low frequencies at the top, high ones at the bottom. */
  #outline({ outline }: Figure, x: number, y: number, radius: number): void {
    const pointAt = (i: number) => {
      const place = (i + 2 * POINTS) % (2 * POINTS);
      const angle = (Math.PI * (place + 0.5)) / POINTS;
      const r = radius * (0.45 + 0.55 * outline[place < POINTS ? place : 2 * POINTS - 1 - place]);
      return [x + r * Math.sin(angle), y - r * Math.cos(angle)];
    };
    this.#context.beginPath();
    for (let i = 0; i < 2 * POINTS; i++) {
      // Quadratic curves that meet halfway between the points make a smooth outline.
      const [[cornerX, cornerY], [nextX, nextY]] = [pointAt(i), pointAt(i + 1)];
      this.#context.quadraticCurveTo(cornerX, cornerY, (cornerX + nextX) / 2, (cornerY + nextY) / 2);
    }
    this.#context.closePath();
  }

  /** Sizes the canvas to the screen's pixels, or to MOST_PIXELS at most. */
  #fit(): { width: number; height: number } {
    const canvas = this.#canvas;
    const { clientWidth, clientHeight } = canvas;
    const density = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / Math.max(clientWidth * clientHeight, 1)));
    const [width, height] = [Math.round(clientWidth * density), Math.round(clientHeight * density)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    return canvas;
  }
}

/** The summed templates of a component over 40 dB as radii from 0 to 1, low frequencies first. */
function outlineOf(model: NMFModel, component: number): number[] {
  const spectrum = spectrumOf(model, component);
  const binAt = (point: number) => (LOWEST * (HIGHEST / LOWEST) ** (point / POINTS) * model.fftSize) / model.sampleRate;
  const levels = Array.from({ length: POINTS }, (_, i) => loudestBetween(spectrum, binAt(i), binAt(i + 1)));
  const peak = Math.max(...levels, Number.MIN_VALUE);
  return levels.map((level) => Math.max(0, 1 + Math.log10(level / peak) / 2));
}
