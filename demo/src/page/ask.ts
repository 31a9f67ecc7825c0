import { element } from './element.ts';

let asking = false;

/** Whether a question waits for its answer */
export function isAsking(): boolean {
  return asking;
}

/** Asks a question in a dialog. Resolves with true when the user agrees; Escape is a no. */
export function ask(question: string, { yes, no }: { yes: string; no: string }): Promise<boolean> {
  const dialog = element('question', HTMLDialogElement);
  element('question-text', HTMLElement).textContent = question;
  element('question-yes', HTMLButtonElement).textContent = yes;
  element('question-no', HTMLButtonElement).textContent = no;
  dialog.returnValue = '';
  dialog.showModal();
  asking = true;
  return new Promise((resolve) => {
    const end = () => {
      asking = false;
      resolve(dialog.returnValue === 'yes');
    };
    dialog.addEventListener('close', end, { once: true });
  });
}
