import { ActivationView } from './ActivationView.ts';
import { element, within } from './element.ts';
import type { Channel, Fader } from './Mixer.ts';

/** Degrees on the colour wheel between neighbours: the golden angle keeps any number of them apart. */
const HUE_STEP = 137.5;
const FIRST_HUE = 260;
/** dB a second that a meter falls: fast enough for notes, slow enough for the eye. */
const METER_FALL = 40;

/** The controls of one component. */
export class ComponentRow {
  readonly element: HTMLElement;
  readonly #channel: Channel;
  readonly #view: ActivationView;
  readonly #name: HTMLInputElement;
  readonly #pitch: HTMLElement;
  readonly #meter: HTMLMeterElement;
  /** Set as soon as the listener typed a name: theirs stays. */
  #named = false;

  constructor(component: number, channel: Channel, onChange: (change: Partial<Fader>) => void) {
    this.#channel = channel;
    const template = element('component-row', HTMLTemplateElement);
    this.element = within(template.content.cloneNode(true) as DocumentFragment, '.component', HTMLElement);
    const colour = `oklch(0.68 0.16 ${(FIRST_HUE + HUE_STEP * component) % 360})`;
    this.element.style.setProperty('--component', colour);
    this.#view = new ActivationView(within(this.element, '.activation', HTMLCanvasElement), colour);
    this.#name = within(this.element, '.name', HTMLInputElement);
    this.#pitch = within(this.element, '.pitch', HTMLElement);
    this.#meter = within(this.element, '.meter', HTMLMeterElement);
    this.#name.addEventListener('input', () => {
      this.#named = true;
      this.#describe();
    });
    this.setName(`Component ${component + 1}`, '');
    this.#connectFader(onChange);
  }

  setName(name: string, pitch: string): void {
    if (!this.#named) this.#name.value = name;
    this.#pitch.textContent = pitch;
    this.#describe();
  }

  addActivation(time: number, activation: number): void {
    this.#view.add(time, activation);
  }

  /** @param elapsed  seconds since the last call */
  drawMeter(elapsed: number): void {
    const fallen = this.#meter.value - METER_FALL * elapsed;
    this.#meter.value = Math.max(this.#channel.level(), fallen, this.#meter.min);
  }

  /** Every control says which component it belongs to. */
  #describe(): void {
    this.element.setAttribute('aria-label', this.#name.value);
    this.#meter.setAttribute('aria-label', `Level of ${this.#name.value} in decibels`);
  }

  #connectFader(onChange: (change: Partial<Fader>) => void): void {
    const level = within(this.element, '.level', HTMLInputElement);
    level.addEventListener('input', () => onChange({ level: Number(level.value) }));
    const mute = within(this.element, '.mute', HTMLButtonElement);
    mute.addEventListener('click', () => onChange({ muted: toggle(mute) }));
    const solo = within(this.element, '.solo', HTMLButtonElement);
    solo.addEventListener('click', () => onChange({ soloed: toggle(solo) }));
  }
}

/** @returns whether the button is pressed now */
function toggle(button: HTMLButtonElement): boolean {
  const pressed = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(pressed));
  return pressed;
}
