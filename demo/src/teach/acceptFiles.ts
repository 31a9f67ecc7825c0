import { isModelFile } from '../keep/modelFile.ts';

/** Calls `onFile` with a sound file that is dropped on an element, which the page then does not play. */
export function acceptFiles(target: HTMLElement, onFile: (file: File) => void): void {
  const mark = (over: boolean) => target.classList.toggle('target', over);
  target.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  target.addEventListener('dragleave', () => mark(false));
  target.addEventListener('drop', (event) => {
    mark(false);
    const file = event.dataTransfer?.files[0];
    // Models are opened wherever they are dropped.
    if (!file || isModelFile(file)) return;
    event.preventDefault();
    document.body.classList.remove('dropping');
    onFile(file);
  });
}
