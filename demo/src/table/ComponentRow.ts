import type { NMFModel } from 'nmf-separator-node';
import type { Channel, Fader } from '../audio/Mixer.ts';
import { element, within } from '../page/element.ts';
import { ActivationView } from '../pictures/ActivationView.ts';
import { colourOf } from '../pictures/colours.ts';
import { TemplatePlot } from '../pictures/TemplatePlot.ts';
import { dragOnto } from './dragOnto.ts';
import { LevelMeter } from './LevelMeter.ts';
import { type SoundActions, SoundButtons } from './SoundButtons.ts';

/** Called when the user operates a row's controls. */
export interface RowRequests {
  change(change: Partial<Fader>): void;
  rename(): void;
  join(into: number): void;
  split(): void;
  readonly template: SoundActions;
  readonly filtered: SoundActions;
}

/** A component that a row can be merged with. */
export interface Neighbour {
  readonly component: number;
  readonly name: string;
}

/** One row of the table: a component's template, activations, sound buttons and mixer controls. */
export class ComponentRow {
  readonly element: HTMLElement;
  readonly #channel: Channel;
  readonly #activations: ActivationView;
  readonly #template: TemplatePlot;
  readonly #name: HTMLInputElement;
  readonly #pitch: HTMLElement;
  readonly #meter: LevelMeter;
  readonly #group: HTMLSelectElement;
  readonly #split: HTMLButtonElement;
  readonly #sounds: readonly SoundButtons[];
  /** Whether the user has typed a name, which generated names must not replace. */
  #named = false;

  constructor(component: number, channel: Channel, requests: RowRequests) {
    this.#channel = channel;
    const template = element('component-row', HTMLTemplateElement);
    this.element = within(template.content.cloneNode(true) as DocumentFragment, '.component', HTMLElement);
    this.element.style.setProperty('--component', colourOf(component));
    this.element.dataset.component = String(component);
    const find = <Kind extends HTMLElement>(selector: string, kind: new () => Kind) =>
      within(this.element, selector, kind);
    this.#activations = new ActivationView(find('.activation', HTMLCanvasElement), colourOf(component));
    this.#template = new TemplatePlot(find('.template', HTMLElement), component);
    this.#name = find('.name', HTMLInputElement);
    this.#pitch = find('.pitch', HTMLElement);
    this.#meter = new LevelMeter(find('.meter', HTMLCanvasElement), colourOf(component));
    this.#group = find('.group', HTMLSelectElement);
    this.#split = find('.split', HTMLButtonElement);
    this.#sounds = [
      new SoundButtons(find('.hear-template', HTMLElement), 'Component', requests.template),
      new SoundButtons(find('.hear-filtered', HTMLElement), 'Filtered', requests.filtered),
    ];
    this.#name.addEventListener('input', () => {
      this.#named = true;
      this.#describe();
      requests.rename();
    });
    this.setName(`Component ${component + 1}`, '');
    this.#connectFader(requests);
    this.#connectGrouping(requests);
  }

  get name(): string {
    return this.#name.value;
  }

  setName(name: string, pitch: string): void {
    if (!this.#named) this.#name.value = name;
    this.#pitch.textContent = pitch;
    this.#describe();
  }

  /** @param isGroup  whether several learned components are merged into this one */
  showTemplate(model: NMFModel, isGroup: boolean): void {
    this.#split.hidden = !isGroup;
    this.element.classList.add('learned');
    this.#template.show(model);
  }

  /** @param neighbours  all other components that have templates */
  setNeighbours(neighbours: readonly Neighbour[]): void {
    const [prompt] = this.#group.options;
    this.#group.replaceChildren(
      prompt,
      ...neighbours.map(({ component, name }) => new Option(name, String(component))),
    );
    this.#group.disabled = neighbours.length === 0;
  }

  /** Called after a merge: the row that had the keyboard focus is hidden now. */
  focus(): void {
    this.#split.focus();
  }

  addLevel(time: number, level: number): void {
    this.#activations.add(time, level);
  }

  /** @param elapsed  seconds since the last call */
  drawMeter(elapsed: number): void {
    this.#meter.show(this.#channel.level(), elapsed);
  }

  dispose(): void {
    this.#template.dispose();
    this.element.remove();
  }

  /** Puts the component's name into the accessible names of its controls. */
  #describe(): void {
    this.element.setAttribute('aria-label', this.name);
    this.#meter.describe(this.name);
    for (const sound of this.#sounds) sound.describe(this.name);
  }

  #connectFader({ change }: RowRequests): void {
    const level = within(this.element, '.level', HTMLInputElement);
    level.addEventListener('input', () => change({ level: Number(level.value) }));
    const pan = within(this.element, '.pan', HTMLInputElement);
    pan.addEventListener('input', () => change({ pan: Number(pan.value) }));
    const mute = within(this.element, '.mute', HTMLButtonElement);
    mute.addEventListener('click', () => change({ muted: toggle(mute) }));
    const solo = within(this.element, '.solo', HTMLButtonElement);
    solo.addEventListener('click', () => change({ soloed: toggle(solo) }));
  }

  #connectGrouping({ join, split }: RowRequests): void {
    const handle = within(this.element, '.handle', HTMLElement);
    dragOnto(handle, this.element, (target) => join(Number(target.dataset.component)));
    this.#group.addEventListener('change', () => {
      const into = Number(this.#group.value);
      this.#group.selectedIndex = 0;
      join(into);
    });
    this.#split.addEventListener('click', split);
  }
}

/** @returns the new pressed state */
function toggle(button: HTMLButtonElement): boolean {
  const pressed = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(pressed));
  return pressed;
}
