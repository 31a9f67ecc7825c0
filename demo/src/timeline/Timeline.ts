import { within } from '../page/element.ts';
import type { PlayableSource } from '../sources/PlayableSource.ts';
import type { SoundFile } from '../sources/soundFile.ts';
import { dragAlong } from './dragAlong.ts';
import { EnvelopeView } from './EnvelopeView.ts';
import { fillTimeline } from './markup.ts';
import { LONGEST, loudestRegion, movedTo, type Region, usualRegion, withEnd, withStart } from './Region.ts';
import { TimeSlider } from './TimeSlider.ts';
import { clockOf, spoken } from './times.ts';

/** Places for which the loudness of a recording is found: enough for a wide screen, and soon found in an hour of sound. */
const PLACES = 400;
/** Milliseconds between two steps of the playhead with reduced motion */
const STILL_INTERVAL = 1000;

/** The recording that plays now. */
interface Shown {
  readonly file: SoundFile;
  readonly source: PlayableSource;
}

/** A recording over its length: where it plays, and what of it is learned from. */
export class Timeline {
  readonly #body: HTMLElement;
  readonly #name: HTMLElement;
  readonly #clock: HTMLElement;
  readonly #band: HTMLElement;
  readonly #told: HTMLElement;
  readonly #status: HTMLElement;
  readonly #progress: HTMLProgressElement;
  readonly #envelope: EnvelopeView;
  readonly #playhead: TimeSlider;
  readonly #start: TimeSlider;
  readonly #end: TimeSlider;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #listeners: ((region: Region) => void)[] = [];
  #shown: Shown | null = null;
  #region: Region = { from: 0, to: 0 };
  /** Whether the user chose the region, so that it stays as it is */
  #chosen = false;
  /** Where the user is dragging the playhead to, in seconds */
  #dragged: number | null = null;
  /** In CSS pixels */
  #width = 0;

  /** Fills `element`, which shows nothing before `show` or `progress`. */
  constructor(element: HTMLElement) {
    fillTimeline(element);
    const part = (name: string) => within(element, `.timeline-${name}`, HTMLElement);
    this.#body = part('body');
    this.#name = part('name');
    this.#clock = part('clock');
    this.#band = part('region');
    this.#told = part('told');
    this.#status = part('status');
    this.#progress = within(element, '.timeline-progress', HTMLProgressElement);
    this.#envelope = new EnvelopeView(within(element, '.timeline-envelope', HTMLCanvasElement));
    this.#playhead = new TimeSlider(part('playhead'), 'Position', (seconds) => this.#seek(seconds));
    this.#start = new TimeSlider(part('start'), 'Learn from', (seconds) => this.#choose(this.#withStart(seconds)));
    this.#end = new TimeSlider(part('end'), 'Learn up to', (seconds) => this.#choose(this.#withEnd(seconds)));
    part('here').addEventListener('click', () => this.#choose(this.#movedTo(this.#shown!.source.position)));
    this.#followPointers(part('surface'), part('track'));
    new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect)).observe(part('track'));
  }

  /** The part to learn from */
  get region(): Region {
    return this.#region;
  }

  /** @param listener  called when the region is another one */
  onRegion(listener: (region: Region) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves when the recording's loudness is drawn, and the region to learn from is the loudest. */
  async show(file: SoundFile, source: PlayableSource): Promise<void> {
    const shown = { file, source };
    this.#shown = shown;
    this.#chosen = false;
    this.#body.hidden = false;
    this.#name.textContent = file.name;
    this.#envelope.setPeaks(new Float32Array(0));
    for (const slider of [this.#playhead, this.#start, this.#end]) slider.setLength(source.seconds);
    this.#setRegion(usualRegion(source.seconds, source.position));
    this.#follow(shown);
    // A damaged recording may play all the same.
    const peaks = await file.peaks(PLACES, () => {}).catch(() => new Float32Array(PLACES));
    if (this.#shown !== shown) return;
    this.#envelope.setPeaks(peaks);
    if (!this.#chosen && source.seconds > LONGEST) this.#setRegion(loudestRegion(source.seconds, peaks));
  }

  /** For live sources, which have no length. */
  hide(): void {
    this.#shown = null;
    this.#body.hidden = true;
  }

  /** @param fraction  of what is being read, or null when it is done; `text` is announced */
  progress(fraction: number | null, text = ''): void {
    this.#progress.hidden = fraction === null;
    if (fraction !== null) this.#progress.value = fraction;
    // The same text again would be announced again.
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #followPointers(surface: HTMLElement, track: HTMLElement): void {
    const drag = (place: number) => {
      this.#dragged = place * this.#seconds;
      this.#showPosition();
    };
    const drop = () => {
      const wanted = this.#dragged;
      this.#dragged = null;
      if (wanted !== null) this.#seek(wanted);
    };
    dragAlong(surface, track, drag, drop, () => {
      this.#dragged = null;
    });
    const announce = () => this.#announce();
    dragAlong(this.#start.element, track, (place) => this.#take(this.#withStart(place * this.#seconds)), announce);
    dragAlong(this.#end.element, track, (place) => this.#take(this.#withEnd(place * this.#seconds)), announce);
    let grip = 0;
    const move = (place: number, started: boolean) => {
      if (started) grip = place * this.#seconds - this.#region.from;
      this.#take(this.#movedTo(place * this.#seconds - grip));
    };
    dragAlong(this.#band, track, move, announce);
  }

  get #seconds(): number {
    return this.#shown?.source.seconds ?? 0;
  }

  #withStart(wanted: number): Region {
    return withStart(this.#region, wanted, this.#seconds);
  }

  #withEnd(wanted: number): Region {
    return withEnd(this.#region, wanted, this.#seconds);
  }

  #movedTo(wanted: number): Region {
    return movedTo(this.#region, wanted, this.#seconds);
  }

  #seek(seconds: number): void {
    // A source that cannot seek says so by its `ended`.
    void this.#shown?.source.seek(seconds);
    this.#showPosition();
  }

  #choose(region: Region): void {
    this.#take(region);
    this.#announce();
  }

  #take(region: Region): void {
    this.#chosen = true;
    this.#showRegion(region);
  }

  #setRegion(region: Region): void {
    this.#showRegion(region);
    this.#announce();
  }

  #announce(): void {
    for (const listener of this.#listeners) listener(this.#region);
  }

  #showRegion(region: Region): void {
    const { from, to } = region;
    this.#region = region;
    this.#start.place(from, this.#xOf(from));
    this.#end.place(to, this.#xOf(to));
    this.#band.style.transform = `translateX(${this.#xOf(from)}px)`;
    this.#band.style.width = `${this.#xOf(to) - this.#xOf(from)}px`;
    if (this.#seconds > 0) this.#envelope.setRegion({ from: from / this.#seconds, to: to / this.#seconds });
    const longest = to - from < LONGEST ? '' : `, at most ${spoken(LONGEST)}`;
    this.#told.textContent = `Learns from ${clockOf(from)} to ${clockOf(to)}${longest}.`;
  }

  /** Moves the playhead until something else is shown: with each frame, or in steps with reduced motion. */
  #follow(shown: Shown): void {
    if (this.#shown !== shown) return;
    this.#showPosition();
    const again = () => this.#follow(shown);
    if (this.#still.matches) setTimeout(again, STILL_INTERVAL);
    else requestAnimationFrame(again);
  }

  #showPosition(): void {
    if (!this.#shown) return;
    const position = this.#dragged ?? this.#shown.source.position;
    this.#playhead.place(position, this.#xOf(position));
    const told = `${clockOf(position)} / ${clockOf(this.#seconds)}`;
    if (this.#clock.textContent !== told) this.#clock.textContent = told;
  }

  #xOf(seconds: number): number {
    return this.#seconds > 0 ? (seconds / this.#seconds) * this.#width : 0;
  }

  #resize({ width, height }: DOMRectReadOnly): void {
    this.#width = width;
    this.#envelope.resize(width, height);
    this.#showRegion(this.#region);
    this.#showPosition();
  }
}
