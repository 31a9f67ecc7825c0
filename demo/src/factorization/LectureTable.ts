import { colourOf } from '../pictures/colours.ts';

/** A column of the lecture's table. */
export type LectureSound = 'component' | 'filtered';

export interface LectureActions {
  make(component: number, sound: LectureSound): Promise<AudioBuffer>;
  /** Resolves when playback has ended or the signal has stopped it. */
  play(buffer: AudioBuffer, signal: AbortSignal): Promise<void>;
  save(buffer: AudioBuffer, component: number, sound: LectureSound): Promise<void> | void;
  onError(cause: unknown): void;
}

const COLUMNS = ['component', 'filtered'] as const;

/** The lecture's table: for each k the template made audible, and the mixture filtered by W_kH_k/WH. */
export class LectureTable {
  readonly #table: HTMLTableElement;
  readonly #actions: LectureActions;
  #playing: AbortController | null = null;

  constructor(table: HTMLTableElement, actions: LectureActions) {
    this.#table = table;
    this.#actions = actions;
  }

  show(components: number): void {
    const rows = Array.from({ length: components }, (_, k) => this.#rowOf(k));
    this.#table.tBodies[0].replaceChildren(...rows);
    this.#table.hidden = false;
  }

  hide(): void {
    this.#playing?.abort();
    this.#table.hidden = true;
  }

  #rowOf(component: number): HTMLTableRowElement {
    const row = document.createElement('tr');
    const head = Object.assign(document.createElement('th'), { scope: 'row', textContent: String(component + 1) });
    head.style.setProperty('--component', colourOf(component));
    row.append(head, ...COLUMNS.map((sound) => this.#cellOf(component, sound)));
    return row;
  }

  #cellOf(component: number, sound: LectureSound): HTMLTableCellElement {
    const cell = document.createElement('td');
    const name = `component ${component + 1}${sound === 'filtered' ? ', filtered' : ''}`;
    const play = buttonOf('Play', `Play ${name}`);
    const save = buttonOf('Download', `Download ${name}, as WAV`);
    play.ariaPressed = 'false';
    play.addEventListener('click', () => this.#toggle(play, component, sound));
    save.addEventListener('click', () => this.#save(component, sound));
    cell.append(play, save);
    return cell;
  }

  async #save(component: number, sound: LectureSound): Promise<void> {
    try {
      await this.#actions.save(await this.#actions.make(component, sound), component, sound);
    } catch (cause) {
      this.#actions.onError(cause);
    }
  }

  async #toggle(button: HTMLButtonElement, component: number, sound: LectureSound): Promise<void> {
    const stops = button.ariaPressed === 'true';
    this.#playing?.abort();
    if (stops) return;
    this.#playing = new AbortController();
    const { signal } = this.#playing;
    button.ariaPressed = 'true';
    const release = () => {
      button.ariaPressed = 'false';
    };
    signal.addEventListener('abort', release, { once: true });
    try {
      const buffer = await this.#actions.make(component, sound);
      if (!signal.aborted) await this.#actions.play(buffer, signal);
    } catch (cause) {
      if (!signal.aborted) this.#actions.onError(cause);
    }
    if (!signal.aborted) release();
  }
}

function buttonOf(text: string, name: string): HTMLButtonElement {
  return Object.assign(document.createElement('button'), { type: 'button', textContent: text, ariaLabel: name });
}
