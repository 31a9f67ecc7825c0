import { made } from '../page/made.ts';
import { ClipLight } from './ClipLight.ts';
import { LevelReader, type Reading } from './LevelReader.ts';

/** dB that the meter shows, and from where on a level is close to too loud */
const RANGE = { lowest: -60, high: -6, highest: 0 };
/** Marks beneath the meter, in dB */
const MARKS = [-48, -36, -24, -12, -6];
/** dB per second by which the level falls, and more slowly the peak, which then can be read */
const FALL = { level: 40, peak: 12 };
/** A sample counts as clipped above this. The largest of a 16-bit device is just below 0 dB. */
const CLIPPED = -0.01;
/** Pixels of the canvas, which CSS stretches, and of the line that marks the peak */
const SIZE = { width: 600, height: 12, line: 4 };
/** Seconds after which assistive technology is told the level again */
const TELLING_INTERVAL = 0.1;

const SILENT: Reading = { level: Number.NEGATIVE_INFINITY, peak: Number.NEGATIVE_INFINITY };

/** Level and peak of a sound, and a light for when it clips. A canvas: what moves in it costs the page no layout. */
export class InputMeter {
  readonly #meter = made('meter', { min: RANGE.lowest, max: RANGE.highest, value: RANGE.lowest });
  readonly #canvas = made('canvas', { width: SIZE.width, height: SIZE.height }, this.#meter);
  readonly #context = this.#canvas.getContext('2d')!;
  readonly #light: ClipLight;
  readonly #ended = new AbortController();
  #reader: LevelReader | null = null;
  #shown = { level: RANGE.lowest, peak: RANGE.lowest };
  #colours = { level: '', high: '', peak: '' };
  #sinceTold = 0;

  /** @param name  of the sound, such as “Input” */
  constructor(container: HTMLElement, name: string) {
    this.#light = new ClipLight(name);
    this.#meter.setAttribute('aria-label', `Level of ${name} in decibels`);
    const scale = made('div', { className: 'scale', ariaHidden: 'true' });
    for (const mark of MARKS) {
      const label = made('span', { textContent: String(mark).replace('-', '−') });
      label.style.insetInlineStart = `${100 * placeOf(mark)}%`;
      scale.append(label);
    }
    const bar = made('div', { className: 'bar-and-scale' }, this.#canvas, scale);
    container.append(made('div', { className: 'input-meter' }, bar, this.#light.element));
    this.#readColours();
    const { signal } = this.#ended;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#readColours(), { signal });
    this.#keepDrawing(performance.now());
  }

  /** Shows another sound from now on; null for none. */
  watch(node: AudioNode | null): void {
    this.#reader?.dispose();
    this.#reader = node && new LevelReader(node);
  }

  dispose(): void {
    this.watch(null);
    this.#ended.abort();
  }

  #readColours(): void {
    const style = getComputedStyle(this.#canvas);
    const colour = (name: string) => style.getPropertyValue(name);
    this.#colours = { level: colour('--accent'), high: colour('--alarm-text'), peak: colour('--text') };
    this.#draw();
  }

  #keepDrawing(before: number): void {
    requestAnimationFrame((now) => {
      if (this.#ended.signal.aborted) return;
      this.#show(this.#reader?.read() ?? SILENT, (now - before) / 1000);
      this.#keepDrawing(now);
    });
  }

  #show({ level, peak }: Reading, elapsed: number): void {
    this.#light.update(peak >= CLIPPED, elapsed);
    const before = this.#shown;
    this.#shown = {
      level: Math.max(level, before.level - FALL.level * elapsed, RANGE.lowest),
      peak: Math.max(peak, before.peak - FALL.peak * elapsed, RANGE.lowest),
    };
    if (this.#shown.level !== before.level || this.#shown.peak !== before.peak) this.#draw();
    this.#sinceTold += elapsed;
    if (this.#sinceTold < TELLING_INTERVAL) return;
    this.#sinceTold = 0;
    this.#meter.value = this.#shown.level;
  }

  #draw(): void {
    const { width, height, line } = SIZE;
    const { level, peak } = this.#shown;
    const [end, high] = [width * placeOf(level), width * placeOf(RANGE.high)];
    this.#context.clearRect(0, 0, width, height);
    this.#context.fillStyle = this.#colours.level;
    this.#context.fillRect(0, 0, Math.min(end, high), height);
    this.#context.fillStyle = this.#colours.high;
    if (end > high) this.#context.fillRect(high, 0, end - high, height);
    this.#context.fillStyle = this.#colours.peak;
    if (peak > RANGE.lowest) this.#context.fillRect(Math.min(width * placeOf(peak), width - line), 0, line, height);
  }
}

/** From 0 at the start of the meter to 1 at its end */
function placeOf(level: number): number {
  return Math.min((level - RANGE.lowest) / (RANGE.highest - RANGE.lowest), 1);
}
