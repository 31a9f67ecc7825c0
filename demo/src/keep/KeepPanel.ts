import type { App } from '../App.ts';
import { element } from '../page/element.ts';

/** Buttons that save and open models, export the parts, copy the link, and undo. */
export class KeepPanel {
  constructor(app: App) {
    const chooser = element('model-chooser', HTMLInputElement);
    const on = (id: string, action: () => unknown) =>
      element(id, HTMLButtonElement).addEventListener('click', () => app.attempt(action));
    on('save-model', () => app.keeping.saveModel());
    on('open-model', () => chooser.click());
    on('export', () => app.parts.exportAll());
    on('copy-link', () => app.keeping.copyLink());
    on('undo', () => app.history.undo());
    chooser.addEventListener('change', () => {
      const file = chooser.files?.[0];
      chooser.value = '';
      if (file) void app.attempt(() => app.keeping.openModel(file));
    });
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'z' || isText(event.target)) return;
      event.preventDefault();
      void app.attempt(() => app.history.undo());
    });
    const enable = (id: string, enabled: boolean) => {
      element(id, HTMLButtonElement).disabled = !enabled;
    };
    app.store.watch(({ grouping }) => grouping !== null).subscribe((learned) => enable('save-model', learned));
    app.store
      .watch(({ grouping, sound }) => grouping !== null && Boolean(sound?.file))
      .subscribe((possible) => enable('export', possible));
    app.history.length$.subscribe((length) => enable('undo', length > 0));
  }
}

/** Whether the browser undoes typing there. */
function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && ['text', 'number'].includes(target.type);
}
