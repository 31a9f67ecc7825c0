import type { MidiBindings, StageControl } from './MidiBindings.ts';
import { made } from './made.ts';
import type { OnsetNotes } from './OnsetNotes.ts';

/** The largest number of a MIDI note */
const HIGHEST_NOTE = 127;

/** A row of the MIDI table: what moves a part's fader and solo, and which note the part plays. */
export class MidiRow {
  readonly element = made('tr');
  readonly #bindings: MidiBindings;
  readonly #notes: OnsetNotes;
  readonly #part: number;
  readonly #heading = made('th', { scope: 'row' });
  readonly #note = made('input', { type: 'number', min: '0', max: String(HIGHEST_NOTE), autocomplete: 'off' });
  readonly #cells: readonly BindingCell[];

  constructor(part: number, bindings: MidiBindings, notes: OnsetNotes) {
    this.#part = part;
    this.#bindings = bindings;
    this.#notes = notes;
    this.#cells = (['fader', 'solo'] as const).map((kind) => new BindingCell({ kind, part }, bindings));
    this.element.append(this.#heading, ...this.#cells.map(({ element }) => element), made('td', {}, this.#note));
    this.#note.addEventListener('change', () => {
      if (this.#note.validity.valid && this.#note.value) this.#notes.setNote(part, this.#note.valueAsNumber);
      this.#note.valueAsNumber = this.#notes.noteOf(part);
    });
  }

  show(name: string): void {
    this.#heading.textContent = name;
    this.#note.ariaLabel = `Note of ${name}`;
    this.#note.valueAsNumber = this.#notes.noteOf(this.#part);
    for (const cell of this.#cells) cell.show(name, this.#bindings);
  }
}

/** Says what moves a control, and lets the user choose that anew or remove it. */
class BindingCell {
  readonly element = made('td');
  readonly #control: StageControl;
  readonly #learn = made('button', { type: 'button', className: 'bind' });
  readonly #unbind = made('button', { type: 'button', className: 'unbind', textContent: '×' });

  constructor(control: StageControl, bindings: MidiBindings) {
    this.#control = control;
    this.element.append(made('span', {}, this.#learn, this.#unbind));
    this.#learn.addEventListener('click', () => {
      if (bindings.learning === control) bindings.cancel();
      else bindings.learn(control);
    });
    this.#unbind.addEventListener('click', () => {
      // This button is about to be hidden.
      this.#learn.focus();
      bindings.unbind(control);
    });
  }

  show(name: string, bindings: MidiBindings): void {
    const binding = bindings.of(this.#control);
    const learning = bindings.learning === this.#control;
    const number = binding && `${binding.type === 'noteon' ? 'Note' : 'Controller'} ${binding.number}`;
    this.#learn.textContent = learning ? 'Move it …' : (number ?? 'Bind');
    this.#learn.ariaPressed = String(learning);
    this.#learn.ariaLabel = `${this.#learn.textContent}: ${this.#control.kind} of ${name}`;
    this.#unbind.ariaLabel = `Remove the controller of the ${this.#control.kind} of ${name}`;
    this.#unbind.hidden = !binding;
  }
}
