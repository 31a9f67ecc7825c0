/** Calls `onFile` with a file that is dropped on an element, which the page then does not play. */
export function acceptFiles(target: HTMLElement, onFile: (file: File) => void): void {
  const mark = (over: boolean) => target.classList.toggle('target', over);
  target.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  target.addEventListener('dragleave', () => mark(false));
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    document.body.classList.remove('dropping');
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
}
