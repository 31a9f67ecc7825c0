import type { NMFSeparatorNode } from 'nmf-separator-node';
import { made, madeButton } from '../page/made.ts';
import { CodeView } from './CodeView.ts';
import { fullScreenButton } from './fullScreen.ts';
import { hexColour } from './hexColour.ts';
import { Stage, type StageSound } from './Stage.ts';
import { VideoButton } from './VideoButton.ts';
import { type Part, VISUALIZERS, type Visualizer } from './visualizers.ts';

/** What the gallery needs of the page. */
export interface GallerySound extends StageSound {
  /** All that is heard, for videos */
  sound(): AudioNode;
}

/** A full-window dialog with visualizers of the parts: a list, the stage, and the code of the one that is shown. */
export class GalleryPanel {
  readonly #dialog = made('dialog', { className: 'gallery', ariaLabel: 'Visualizers' });
  readonly #status = made('p', { className: 'gallery-status', role: 'status' });
  readonly #stage: Stage;
  readonly #code = new CodeView((text) => this.#showStatus(text));
  readonly #video: VideoButton;
  readonly #buttons: ReadonlyMap<Visualizer, HTMLButtonElement>;
  #chosen: Visualizer = VISUALIZERS[0];
  #separator: NMFSeparatorNode | null = null;
  #parts: readonly Part[] = [];

  constructor(sound: GallerySound) {
    this.#stage = new Stage(sound);
    const recordable = () => ({ canvas: this.#stage.canvas, sound: sound.sound(), name: this.#chosen.id });
    this.#video = new VideoButton(recordable, (text) => this.#showStatus(text));
    this.#buttons = new Map(VISUALIZERS.map((one) => [one, madeButton(one.title, () => this.#choose(one))]));
    this.#assemble();
    this.#dialog.addEventListener('close', () => this.#end());
  }

  /**
   * Called with every new node, model or name. What is shown starts again.
   *
   * @param parts  the components that sound; their colours in any notation of CSS
   */
  showParts(separator: NMFSeparatorNode, parts: readonly Part[]): void {
    this.#separator = separator;
    this.#parts = parts.map((part) => ({ ...part, colour: hexColour(part.colour) }));
    if (this.#dialog.open) this.#start();
  }

  open(): void {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#choose(this.#chosen);
    this.#buttons.get(this.#chosen)!.focus();
  }

  close(): void {
    this.#dialog.close();
  }

  #assemble(): void {
    const list = made('div', { className: 'gallery-list', role: 'group', ariaLabel: 'Visualizers' });
    list.append(...this.#buttons.values());
    const code = madeButton('Code', () => this.#toggleCode(code));
    code.ariaPressed = 'true';
    const actions = made('div', { className: 'gallery-actions' }, code, this.#video.element);
    actions.append(
      fullScreenButton(this.#stage.element),
      madeButton('Close', () => this.close()),
    );
    this.#stage.element.append(this.#status);
    // p5 adds a style element for a sign of loading, which the page's policy forbids, unless there is one with this name.
    const unstyled = made('span', { id: 'p5-loading-style', hidden: true });
    const bar = made('div', { className: 'gallery-bar' }, list, actions);
    this.#dialog.append(bar, this.#stage.element, this.#code.element, unstyled);
    document.body.append(this.#dialog);
  }

  #choose(visualizer: Visualizer): void {
    this.#chosen = visualizer;
    for (const [one, button] of this.#buttons) button.ariaPressed = String(one === visualizer);
    this.#showStatus('');
    this.#code.show(visualizer);
    this.#start();
  }

  #start(): void {
    // A video is of one canvas, which goes with the visualizer.
    this.#video.stop();
    if (this.#separator && this.#parts.length > 0) this.#stage.show(this.#chosen, this.#separator, this.#parts);
    else this.#stage.showSentence('Play something first. As soon as its parts are learned, they are shown here.');
  }

  #end(): void {
    if (document.fullscreenElement) document.exitFullscreen();
    this.#video.stop();
    this.#stage.clear();
    this.#showStatus('');
  }

  #toggleCode(button: HTMLButtonElement): void {
    const shown = this.#code.element.hidden;
    this.#code.element.hidden = !shown;
    button.ariaPressed = String(shown);
  }

  #showStatus(text: string): void {
    this.#status.textContent = text;
  }
}
