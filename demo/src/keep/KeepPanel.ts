import { element } from '../page/element.ts';
import { showStatus } from '../page/messages.ts';

/** Called when the user presses a button. */
export interface KeepRequests {
  saveModel(): Promise<void>;
  openModel(file: File): Promise<void>;
  exportAll(): Promise<void>;
}

/** Buttons that save and open models, export the components, and copy the link. */
export class KeepPanel {
  /** @param attempt  runs an action and shows its error, if any */
  constructor({ saveModel, openModel, exportAll }: KeepRequests, attempt: (action: () => Promise<void>) => void) {
    const chooser = element('model-chooser', HTMLInputElement);
    element('save-model', HTMLButtonElement).addEventListener('click', () => attempt(saveModel));
    element('open-model', HTMLButtonElement).addEventListener('click', () => chooser.click());
    chooser.addEventListener('change', () => {
      const file = chooser.files?.[0];
      chooser.value = '';
      if (file) attempt(() => openModel(file));
    });
    element('export', HTMLButtonElement).addEventListener('click', () => attempt(exportAll));
    element('copy-link', HTMLButtonElement).addEventListener('click', () => attempt(copyLink));
  }

  /** Enables the buttons: saving needs a model, exporting also needs a clip. */
  enable({ model, clip }: { model: boolean; clip: boolean }): void {
    element('save-model', HTMLButtonElement).disabled = !model;
    element('export', HTMLButtonElement).disabled = !(model && clip);
  }
}

async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href).catch((cause) => {
    throw new Error('The browser did not let the link be copied; it stands in the address bar.', { cause });
  });
  showStatus('The link is copied.');
}
