import { element } from '../page/element.ts';
import { type BundledClip, CLIPS } from './clips.ts';
import { canShareSound } from './sharedSound.ts';

/** Called when the user chooses a source. */
export interface SourceRequests {
  clip(clip: BundledClip): void;
  file(file: File): void;
  microphone(): void;
  sharedSound(): void;
}

export const TITLES = { file: 'File …', microphone: 'Microphone', sharedSound: 'Tab or system' };

/** A button for each source. Files can also be dropped anywhere on the page. */
export class SourcePicker {
  readonly #group = element('sources', HTMLFieldSetElement);

  constructor(requests: SourceRequests) {
    const chooser = element('file-chooser', HTMLInputElement);
    this.#group.append(
      ...CLIPS.map((clip) => button(clip.title, () => requests.clip(clip))),
      button(TITLES.file, () => chooser.click()),
      button(TITLES.microphone, requests.microphone),
      ...(canShareSound() ? [button(TITLES.sharedSound, requests.sharedSound)] : []),
    );
    chooser.addEventListener('change', () => {
      const file = chooser.files?.[0];
      // Choosing the same file again fires no event unless the value is cleared.
      chooser.value = '';
      if (file) requests.file(file);
    });
    acceptDrops(requests.file);
  }

  /** Shows the button of the playing source as pressed. */
  mark(title: string): void {
    for (const candidate of this.#group.querySelectorAll('button')) {
      candidate.setAttribute('aria-pressed', String(candidate.textContent === title));
    }
  }
}

function button(title: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = title;
  made.setAttribute('aria-pressed', 'false');
  made.addEventListener('click', onClick);
  return made;
}

function acceptDrops(onFile: (file: File) => void): void {
  const mark = (over: boolean) => document.body.classList.toggle('dropping', over);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => mark(event.relatedTarget !== null));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
}
