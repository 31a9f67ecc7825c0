import { BehaviorSubject } from 'rxjs';
import type { Grouping } from '../audio/Grouping.ts';
import type { Mixer } from '../audio/Mixer.ts';
import { element } from '../page/element.ts';
import { ComponentRow, type Neighbour } from './ComponentRow.ts';
import { formatFrequency, namesOf, pitchesOf } from './componentNames.ts';
import type { SoundActions } from './SoundButtons.ts';

/** Called when the user operates the table's controls. */
export interface TableRequests {
  join(component: number, into: number): Promise<void>;
  split(component: number): void;
  template(component: number): SoundActions;
  filtered(component: number): SoundActions;
}

/** A table with a row for each component that has templates: its template, activations and sounds. */
export class ComponentTable {
  readonly #requests: TableRequests;
  readonly #container = element('components', HTMLElement);
  #mixer: Mixer | null = null;
  #rows: ComponentRow[] = [];
  #neighbours = new BehaviorSubject<readonly Neighbour[]>([]);
  /** The components that have templates, with their names. Replays the latest value. */
  readonly sounding$ = this.#neighbours.asObservable();

  constructor(requests: TableRequests) {
    this.#requests = requests;
    this.#drawMeters(performance.now());
  }

  /** One name for each component, including merged ones */
  get names(): string[] {
    return this.#rows.map((row) => row.name);
  }

  /** Makes a row for each mixer channel. Keeps the rows if the mixer is the same. */
  showMixer(mixer: Mixer): void {
    if (mixer === this.#mixer) return;
    this.#mixer = mixer;
    for (const row of this.#rows) row.dispose();
    this.#rows = mixer.channels.map((channel, k) => {
      const { join, split, template, filtered } = this.#requests;
      return new ComponentRow(k, channel, {
        change: (change) => mixer.change(k, change),
        rename: () => this.#publishNames(),
        join: (into) => void join(k, into).then(() => this.#rows[into].focus()),
        split: () => split(k),
        template: template(k),
        filtered: filtered(k),
      });
    });
    this.#container.replaceChildren(...this.#rows.map((row) => row.element));
    this.#publishNames();
  }

  showGrouping(grouping: Grouping): void {
    const { model } = grouping;
    const names = namesOf(grouping);
    const pitches = pitchesOf(model);
    for (const [k, row] of this.#rows.entries()) {
      row.element.hidden = !model.componentOf.includes(k);
      if (row.element.hidden) continue;
      row.setName(names[k], `around ${formatFrequency(pitches[k])}`);
      row.showTemplate(model, grouping.membersOf(k).length > 1);
    }
    this.#publishNames();
  }

  addLevels(time: number, levels: Float32Array): void {
    for (const [k, row] of this.#rows.entries()) row.addLevel(time, levels[k]);
  }

  #publishNames(): void {
    const sounding = this.#rows.flatMap((row, k) => (row.element.hidden ? [] : [{ component: k, name: row.name }]));
    for (const [k, row] of this.#rows.entries()) {
      const others = sounding.filter(({ component }) => component !== k);
      row.setNeighbours(others);
    }
    this.#neighbours.next(sounding);
  }

  #drawMeters(before: number): void {
    requestAnimationFrame((now) => {
      for (const row of this.#rows) row.drawMeter((now - before) / 1000);
      this.#drawMeters(now);
    });
  }
}
