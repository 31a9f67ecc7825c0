import type { NMFSeparatorNode, Spectrogram } from 'nmf-separator-node';
import { element } from '../page/element.ts';
import { showStatus } from '../page/messages.ts';
import { colourOf } from '../pictures/colours.ts';
import type { Neighbour } from '../table/ComponentRow.ts';
import { ClipRecorder } from './ClipRecorder.ts';
import { whileHeld } from './whileHeld.ts';

/** Milliseconds between two updates of the recorded seconds */
const INTERVAL = 100;

/** A button for each component that records a training clip while it is held. */
export class TeachPanel {
  readonly #buttons = element('teach-buttons', HTMLElement);
  readonly #learn = element('teach-learn', HTMLButtonElement);
  readonly #forget = element('teach-forget', HTMLButtonElement);
  readonly #onBegin: () => void;
  #recorders: ClipRecorder[] = [];
  #sounding: readonly Neighbour[] = [];
  /** Whether components are merged. Supervised learning is disabled then: merged components have no own stream. */
  #grouped = false;

  /**
   * @param onBegin  called when a recording starts
   * @param onLearn  called with one training clip for each component, null for those without a recording
   */
  constructor(onBegin: () => void, onLearn: (clips: (Spectrogram | null)[]) => void) {
    this.#onBegin = onBegin;
    this.#learn.addEventListener('click', () => onLearn(this.#recorders.map(({ clip }) => clip)));
    this.#forget.addEventListener('click', () => {
      for (const recorder of this.#recorders) recorder.clear();
      this.#describe();
    });
  }

  /** Drops all recordings: those of another node have another layout. */
  showNode(node: NMFSeparatorNode, components: number): void {
    for (const recorder of this.#recorders) recorder.stop();
    this.#recorders = Array.from({ length: components }, () => new ClipRecorder(node));
    this.#buttons.replaceChildren(...this.#recorders.map((recorder, k) => this.#makeButton(recorder, k)));
    this.#describe();
  }

  showNames(sounding: readonly Neighbour[]): void {
    this.#sounding = sounding;
    this.#describe();
  }

  showGrouped(grouped: boolean): void {
    this.#grouped = grouped;
    element('teach-grouped', HTMLElement).hidden = !grouped;
    this.#describe();
  }

  #makeButton(recorder: ClipRecorder, component: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'hold';
    button.style.setProperty('--component', colourOf(component));
    button.append(document.createElement('span'), document.createElement('output'));
    let timer = 0;
    whileHeld(
      button,
      () => {
        this.#onBegin();
        recorder.start();
        timer = setInterval(() => this.#describe(), INTERVAL) as unknown as number;
      },
      () => {
        clearInterval(timer);
        recorder.stop();
        this.#describe();
        showStatus(`Recorded ${recorder.seconds.toFixed(1)} seconds of ${button.firstElementChild!.textContent}.`);
      },
    );
    return button;
  }

  #describe(): void {
    for (const [k, { seconds }] of this.#recorders.entries()) {
      const button = this.#buttons.children[k] as HTMLButtonElement;
      const name = this.#sounding.find(({ component }) => component === k)?.name;
      button.hidden = name === undefined;
      button.firstElementChild!.textContent = name ?? '';
      button.lastElementChild!.textContent = seconds > 0 ? `${seconds.toFixed(1)} s` : 'hold';
      button.disabled = this.#grouped;
    }
    const recorded = this.#recorders.some(({ seconds }) => seconds > 0);
    this.#learn.disabled = !recorded || this.#grouped;
    this.#forget.disabled = !recorded;
  }
}
