import type { App } from '../App.ts';
import { isModelFile } from '../keep/modelFile.ts';
import { element } from '../page/element.ts';
import { madeButton } from '../page/made.ts';
import { CLIPS } from './clips.ts';
import { canShareSound } from './sharedSound.ts';

export const TITLES = { file: 'File …', microphone: 'Microphone', sharedSound: 'Tab or system' };

/** A button for each source. Files can also be dropped anywhere on the page. */
export class SourcePicker {
  readonly #group = element('sources', HTMLFieldSetElement);

  constructor(app: App) {
    const chooser = element('file-chooser', HTMLInputElement);
    const open = (file: File) =>
      app.attempt(() => (isModelFile(file) ? app.keeping.openModel(file) : app.transport.playFile(file)));
    this.#group.append(
      ...CLIPS.map((clip) => sourceButton(clip.title, () => app.attempt(() => app.transport.playClip(clip)))),
      sourceButton(TITLES.file, () => chooser.click()),
      sourceButton(TITLES.microphone, () => app.attempt(() => app.transport.openMicrophone())),
      ...(canShareSound()
        ? [sourceButton(TITLES.sharedSound, () => app.attempt(() => app.transport.openSharedSound()))]
        : []),
    );
    chooser.addEventListener('change', () => {
      const file = chooser.files?.[0];
      // Choosing the same file again fires no event unless the value is cleared.
      chooser.value = '';
      if (file) void open(file);
    });
    acceptDrops(open);
    app.store
      .watch(({ sound }) => sound)
      .subscribe((sound) => {
        if (sound) this.#mark(sound.clip?.title ?? (sound.file ? TITLES.file : sound.source.title));
      });
  }

  /** Shows the button of the playing source as pressed. */
  #mark(title: string): void {
    for (const candidate of this.#group.querySelectorAll('button')) {
      candidate.setAttribute('aria-pressed', String(candidate.textContent === title));
    }
  }
}

function sourceButton(title: string, onClick: () => void): HTMLButtonElement {
  const button = madeButton(title, onClick);
  button.setAttribute('aria-pressed', 'false');
  return button;
}

function acceptDrops(onFile: (file: File) => void): void {
  const mark = (over: boolean) => document.body.classList.toggle('dropping', over);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => mark(event.relatedTarget !== null));
  document.addEventListener('drop', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    mark(false);
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
}
