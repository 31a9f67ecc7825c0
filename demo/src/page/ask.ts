import { element } from './element.ts';

/** Asks a question in a dialog. Resolves with true when the user agrees; Escape is a no. */
export function ask(question: string, { yes, no }: { yes: string; no: string }): Promise<boolean> {
  const dialog = element('question', HTMLDialogElement);
  element('question-text', HTMLElement).textContent = question;
  element('question-yes', HTMLButtonElement).textContent = yes;
  element('question-no', HTMLButtonElement).textContent = no;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
