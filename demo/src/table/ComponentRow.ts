import type { NMFModel } from 'nmf-separator-node';
import type { App } from '../App.ts';
import type { Channel } from '../audio/Mixer.ts';
import { element, within } from '../page/element.ts';
import { textOf } from '../perform/decibels.ts';
import { ActivationView } from '../pictures/ActivationView.ts';
import { colourOf } from '../pictures/colours.ts';
import { TemplatePlot } from '../pictures/TemplatePlot.ts';
import type { Part } from '../state/parts.ts';
import { acceptFiles } from '../teach/acceptFiles.ts';
import { dragOnto } from './dragOnto.ts';
import { LevelMeter } from './LevelMeter.ts';
import { SoundButtons } from './SoundButtons.ts';

/** One row of the mixer: a part's name, activations, template, fader and sounds. */
export class ComponentRow {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #component: number;
  readonly #activations: ActivationView;
  readonly #template: TemplatePlot;
  readonly #meter: LevelMeter;
  readonly #name: HTMLInputElement;
  readonly #level: HTMLInputElement;
  readonly #pan: HTMLInputElement;
  readonly #mute: HTMLButtonElement;
  readonly #solo: HTMLButtonElement;
  readonly #group: HTMLSelectElement;
  readonly #split: HTMLButtonElement;
  readonly #sounds: readonly SoundButtons[];
  #model: NMFModel | null = null;

  constructor(app: App, component: number) {
    this.#app = app;
    this.#component = component;
    const template = element('component-row', HTMLTemplateElement);
    this.element = within(template.content.cloneNode(true) as DocumentFragment, '.component', HTMLElement);
    this.element.style.setProperty('--component', colourOf(component));
    this.element.dataset.component = String(component);
    const find = <Kind extends HTMLElement>(selector: string, kind: new () => Kind) =>
      within(this.element, selector, kind);
    this.#activations = new ActivationView(find('.activation', HTMLCanvasElement), colourOf(component));
    this.#template = new TemplatePlot(find('.template', HTMLElement), component);
    this.#meter = new LevelMeter(find('.meter', HTMLCanvasElement), colourOf(component));
    this.#name = find('.name', HTMLInputElement);
    this.#level = find('.level', HTMLInputElement);
    this.#pan = find('.pan', HTMLInputElement);
    this.#mute = find('.mute', HTMLButtonElement);
    this.#solo = find('.solo', HTMLButtonElement);
    this.#group = find('.group', HTMLSelectElement);
    this.#split = find('.split', HTMLButtonElement);
    const { parts } = app;
    this.#sounds = [
      new SoundButtons(find('.hear-template', HTMLElement), 'Component', parts.template(component)),
      new SoundButtons(find('.hear-filtered', HTMLElement), 'Filtered', parts.filtered(component)),
    ];
    this.#connectFader();
    this.#connectGrouping();
    this.#connectMore(find('.more', HTMLButtonElement));
    this.#name.addEventListener('input', () => parts.rename(component, this.#name.value));
    this.#name.addEventListener('blur', () => {
      parts.endRenaming();
      this.#show(parts.partOf(component));
    });
  }

  /** @param others  all other parts that sound, which this one can be merged with */
  show(part: Part, others: readonly Part[], model: NMFModel | null): void {
    this.#show(part);
    this.#split.hidden = !part.merged;
    const [prompt] = this.#group.options;
    this.#group.replaceChildren(prompt, ...others.map(({ component, name }) => new Option(name, String(component))));
    this.#group.disabled = others.length === 0 || !part.learned;
    if (model === this.#model) return;
    this.#model = model;
    if (model && part.learned) this.#template.show(model);
    else this.#template.dispose();
  }

  addLevel(time: number, level: number): void {
    this.#activations.add(time, level);
  }

  /** @param elapsed  seconds since the last call */
  drawMeter(channel: Channel, elapsed: number): void {
    this.#meter.show(channel.level(), elapsed);
  }

  dispose(): void {
    this.#template.dispose();
    this.element.remove();
  }

  #show({ name, pitch, fader }: Part): void {
    // While the user types, the name may be empty.
    if (!this.#app.parts.isRenaming(this.#component)) this.#name.value = name;
    within(this.element, '.pitch', HTMLElement).textContent = pitch;
    this.#level.value = String(fader.level);
    this.#level.setAttribute('aria-valuetext', textOf(fader.level));
    within(this.element, '.decibels', HTMLElement).textContent = textOf(fader.level);
    this.#pan.value = String(fader.pan);
    this.#mute.setAttribute('aria-pressed', String(fader.muted));
    this.#solo.setAttribute('aria-pressed', String(fader.soloed));
    this.#describe(name);
  }

  /** Puts the part's name into the accessible names of its controls. */
  #describe(name: string): void {
    this.element.setAttribute('aria-label', name);
    this.#meter.describe(name);
    this.#level.setAttribute('aria-label', `Level of ${name}`);
    this.#pan.setAttribute('aria-label', `Pan of ${name}`);
    for (const sound of this.#sounds) sound.describe(name);
  }

  #connectFader(): void {
    const { parts } = this.#app;
    const component = this.#component;
    this.#level.addEventListener('input', () => parts.setFader(component, { level: this.#level.valueAsNumber }));
    this.#level.addEventListener('dblclick', () => parts.setFader(component, { level: 1 }));
    this.#pan.addEventListener('input', () => parts.setFader(component, { pan: this.#pan.valueAsNumber }));
    this.#pan.addEventListener('dblclick', () => parts.setFader(component, { pan: 0 }));
    this.#mute.addEventListener('click', () => parts.toggleMute(component));
    this.#solo.addEventListener('click', ({ shiftKey }) => parts.toggleSolo(component, { others: shiftKey }));
  }

  #connectGrouping(): void {
    const { parts } = this.#app;
    const join = (into: number) =>
      void this.#app.attempt(async () => {
        await parts.join(this.#component, into);
        const row = this.element.parentElement?.querySelector<HTMLElement>(`[data-component="${into}"] .split`);
        row?.focus();
      });
    const handle = within(this.element, '.handle', HTMLElement);
    dragOnto(handle, this.element, (target) => join(Number(target.dataset.component)));
    this.#group.addEventListener('change', () => {
      const into = Number(this.#group.value);
      this.#group.selectedIndex = 0;
      join(into);
    });
    this.#split.addEventListener('click', () => this.#app.attempt(() => parts.split(this.#component)));
    acceptFiles(this.element, (file) => this.#app.attempt(() => this.#app.teaching.addFile(this.#component, file)));
  }

  /** On narrow screens a row is one line; what else there is shows on request. */
  #connectMore(more: HTMLButtonElement): void {
    more.addEventListener('click', () => {
      const open = this.element.classList.toggle('open');
      more.setAttribute('aria-expanded', String(open));
    });
  }
}
