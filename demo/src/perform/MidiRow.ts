import { made } from '../page/made.ts';
import type { MidiBindings, StageControl } from './MidiBindings.ts';
import type { OnsetNotes } from './OnsetNotes.ts';

/** The largest number of a MIDI note */
const HIGHEST_NOTE = 127;

/** The MIDI settings of a part: what moves its fader and its solo, and which note it plays. */
export class MidiRow {
  readonly element = made('div', { className: 'midi-part', role: 'group' });
  readonly #bindings: MidiBindings;
  readonly #notes: OnsetNotes;
  readonly #part: number;
  readonly #heading = made('strong');
  readonly #note = made('input', { type: 'number', min: '0', max: String(HIGHEST_NOTE), autocomplete: 'off' });
  readonly #fields: readonly BindingField[];

  constructor(part: number, bindings: MidiBindings, notes: OnsetNotes) {
    this.#part = part;
    this.#bindings = bindings;
    this.#notes = notes;
    this.#fields = [
      new BindingField('Fader', { kind: 'fader', part }, bindings),
      new BindingField('Solo', { kind: 'solo', part }, bindings),
    ];
    const note = made('label', { className: 'midi-field' }, made('span', { textContent: 'Note' }), this.#note);
    this.element.append(this.#heading, ...this.#fields.map(({ element }) => element), note);
    this.#note.addEventListener('change', () => {
      if (this.#note.validity.valid && this.#note.value) notes.setNote(part, this.#note.valueAsNumber);
      this.#note.valueAsNumber = notes.noteOf(part);
    });
  }

  show(name: string): void {
    this.#heading.textContent = name;
    this.element.ariaLabel = name;
    this.#note.ariaLabel = `Note of ${name}`;
    this.#note.valueAsNumber = this.#notes.noteOf(this.#part);
    for (const field of this.#fields) field.show(name, this.#bindings);
  }
}

/** Says what moves a control, and lets the user choose that anew or remove it. */
class BindingField {
  readonly element = made('div', { className: 'midi-field' });
  readonly #control: StageControl;
  readonly #learn = made('button', { type: 'button' });
  readonly #unbind = made('button', { type: 'button', textContent: '×' });

  constructor(title: string, control: StageControl, bindings: MidiBindings) {
    this.#control = control;
    this.element.append(
      made('span', { textContent: title }),
      made('div', { className: 'midi-binding' }, this.#learn, this.#unbind),
    );
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
    const { kind } = this.#control;
    const binding = bindings.of(this.#control);
    const learning = bindings.learning === this.#control;
    const number = binding && `${binding.type === 'noteon' ? 'Note' : 'Controller'} ${binding.number}`;
    this.#learn.textContent = learning ? 'Move it …' : (number ?? 'Bind');
    this.#learn.ariaPressed = String(learning);
    this.#learn.ariaLabel = `${this.#learn.textContent}: ${kind} of ${name}`;
    this.#unbind.ariaLabel = `Remove the controller of the ${kind} of ${name}`;
    this.#unbind.hidden = !binding;
  }
}
