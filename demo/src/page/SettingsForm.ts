import { DEFAULT_SETTINGS, hopSizesOf, type Settings } from '../state/settings.ts';
import { element } from './element.ts';
import { showError } from './messages.ts';

type Field = HTMLInputElement | HTMLSelectElement;

/** The form of the settings. Its fields are named after them; an empty one leaves the choice to the package. */
export class SettingsForm {
  readonly #form = element('settings', HTMLFormElement);
  readonly #slider = element('component-count', HTMLInputElement);
  readonly #components = element('components-value', HTMLOutputElement);
  readonly #hopSizes = element('hop-size', HTMLSelectElement);
  readonly #windows = element('window', HTMLSelectElement);
  /** What the form was told to show */
  #shown = DEFAULT_SETTINGS;

  /** @param onChange  called with valid settings that the user has chosen */
  constructor(onChange: (settings: Settings) => void) {
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    // The number of parts stands beside the mixer, outside the form's element, so that its events do not pass there.
    for (const target of [this.#form, this.#slider]) {
      target.addEventListener('change', ({ target: changed }) => {
        this.#showDependent();
        if (this.#takesBack(changed as Field)) return;
        onChange(this.#read());
      });
    }
    this.#slider.addEventListener('input', () => this.#showComponents());
  }

  show(settings: Settings): void {
    this.#shown = settings;
    for (const field of this.#fields()) field.value = String(settings[field.name as keyof Settings] ?? '');
    this.#showDependent();
    this.#showComponents();
  }

  /** Puts a field that holds what it cannot be back to what it was, and says so. */
  #takesBack(field: Field): boolean {
    if (field.checkValidity()) return false;
    const label = field.labels?.[0]?.textContent.trim() ?? field.name;
    showError(new Error(`${label}: ${field.validationMessage}`));
    field.value = String(this.#shown[field.name as keyof Settings] ?? '');
    return true;
  }

  #read(): Settings {
    const values = this.#fields().map((field) => [field.name, fieldValue(field)]);
    return { ...DEFAULT_SETTINGS, ...Object.fromEntries(values) };
  }

  #fields(): Field[] {
    return [...this.#form.elements].filter((field): field is Field => 'name' in field && field.name !== '');
  }

  #showComponents(): void {
    this.#components.value = this.#slider.value;
  }

  /** Hop sizes depend on the latency and the frame; the modes of low latency bring their own window. */
  #showDependent(): void {
    const values = new FormData(this.#form);
    const possible = hopSizesOf(String(values.get('latencyHint')), Number(values.get('fftSize')));
    const before = this.#hopSizes.value;
    const [automatic] = this.#hopSizes.options;
    this.#hopSizes.replaceChildren(automatic, ...possible.map((hop) => new Option(`${hop} samples`, String(hop))));
    this.#hopSizes.value = possible.includes(Number(before)) ? before : '';
    this.#windows.disabled = values.get('latencyHint') !== 'playback';
  }
}

/** A number, a word, or null for a field that is left empty. */
function fieldValue(field: Field): string | number | null {
  if (field.value === '') return null;
  return field instanceof HTMLInputElement || field.dataset.kind === 'number' ? Number(field.value) : field.value;
}
