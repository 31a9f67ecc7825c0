import { merge, type Observable } from 'rxjs';
import { made } from '../page/made.ts';
import { type Binding, MidiBindings, type MidiTargets } from './MidiBindings.ts';
import { MidiPorts } from './MidiPorts.ts';
import { MidiRow } from './MidiRow.ts';
import { OnsetNotes, type OnsetSource } from './OnsetNotes.ts';

const UNSUPPORTED = 'This browser has no MIDI. Chrome, Edge and Firefox have it, Safari does not.';

/** Plain data, which the page can keep */
export interface MidiSettings {
  readonly bindings: readonly Binding[];
  /** The notes that parts play. A part without one plays the standard. */
  readonly notes: readonly (number | undefined)[];
}

/** A panel by which MIDI controllers move faders and solos, and by which parts play notes on MIDI instruments. */
export class Midi {
  readonly #ports = new MidiPorts();
  readonly #bindings: MidiBindings;
  readonly #notes = new OnsetNotes(this.#ports);
  readonly #enable = made('button', { type: 'button', textContent: 'Use MIDI' });
  readonly #status = made('p', { className: 'hint', role: 'status' });
  readonly #devices = made('p', { className: 'hint' });
  readonly #output = made('select', { autocomplete: 'off' }, new Option('Nowhere', ''));
  readonly #parts = made('div', { className: 'midi-parts' });
  readonly #settings: HTMLElement;
  /** Tells when the settings may have changed. */
  readonly changes$: Observable<void>;
  #names: readonly string[] = [];
  #rows: MidiRow[] = [];

  constructor(container: HTMLElement, targets: MidiTargets) {
    this.#bindings = new MidiBindings(this.#ports.messages$, targets);
    const output = made('label', { className: 'device' }, made('span', { textContent: 'Notes go to' }), this.#output);
    this.#settings = made('div', { className: 'midi-settings', hidden: true }, this.#devices, output, this.#parts);
    container.append(made('div', { className: 'midi' }, this.#enable, this.#status, this.#settings));
    this.#enable.hidden = !MidiPorts.isSupported;
    if (!MidiPorts.isSupported) this.#status.textContent = UNSUPPORTED;
    this.#enable.addEventListener('click', () => this.#open());
    this.#output.addEventListener('change', () => {
      this.#notes.outputId = this.#output.value;
    });
    this.#ports.changes$.subscribe(() => this.#showPorts());
    this.changes$ = merge(this.#bindings.changes$, this.#notes.changes$);
    this.changes$.subscribe(() => this.#showBindings());
  }

  get settings(): MidiSettings {
    return { bindings: this.#bindings.all, notes: this.#notes.notes };
  }

  set settings({ bindings, notes }: MidiSettings) {
    if (bindings !== this.#bindings.all) this.#bindings.all = bindings;
    if (notes !== this.#notes.notes) this.#notes.notes = notes;
  }

  /** @param names  one for each part */
  showParts(names: readonly string[]): void {
    this.#names = names;
    if (names.length !== this.#rows.length) {
      this.#rows = names.map((_, part) => new MidiRow(part, this.#bindings, this.#notes));
      this.#parts.replaceChildren(...this.#rows.map(({ element }) => element));
    }
    this.#showBindings();
  }

  /** Plays notes for the onsets of this separator from now on. */
  follow(separator: OnsetSource): void {
    this.#notes.follow(separator);
  }

  async #open(): Promise<void> {
    this.#status.textContent = 'The browser asks whether this page may use MIDI …';
    try {
      await this.#ports.enable();
    } catch (cause) {
      this.#status.textContent = cause instanceof Error ? cause.message : String(cause);
      return;
    }
    const hadFocus = document.activeElement === this.#enable;
    this.#settings.hidden = false;
    this.#enable.hidden = true;
    if (hadFocus) this.#output.focus();
    this.#showBindings();
  }

  #showPorts(): void {
    const { inputs, outputs } = this.#ports;
    const names = inputs.map(({ name }) => name).join(', ');
    this.#devices.textContent = names ? `Controllers: ${names}.` : 'No controller is connected.';
    const [nowhere] = this.#output.options;
    this.#output.replaceChildren(nowhere, ...outputs.map(({ name, id }) => new Option(name, id)));
    // An instrument that is unplugged stays chosen, and plays again when it is back.
    this.#output.value = outputs.some(({ id }) => id === this.#notes.outputId) ? this.#notes.outputId : '';
  }

  #showBindings(): void {
    for (const [part, row] of this.#rows.entries()) row.show(this.#names[part]);
    const { learning } = this.#bindings;
    if (!this.#ports.isEnabled) return;
    this.#status.textContent = learning
      ? `Move the controller for the ${learning.kind} of ${this.#names[learning.part]}.`
      : 'Press Bind, then move a fader or knob of your controller.';
  }
}
