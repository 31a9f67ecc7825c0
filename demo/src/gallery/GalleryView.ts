import { map } from 'rxjs';
import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { partsOf } from '../state/parts.ts';
import { GalleryPanel } from './GalleryPanel.ts';

/** Shows the parts of the page in the gallery. */
export class GalleryView {
  constructor(app: App) {
    const gallery = new GalleryPanel({
      sound: () => app.session.output.mix,
      destination: () => app.session.output.input,
      onPlaysParts: (playing) => app.store.change({ silenced: playing }),
    });
    const open = element('visualize', HTMLButtonElement);
    open.addEventListener('click', () => gallery.open());
    app.store
      .watch(({ grouping }) => grouping !== null)
      .subscribe((learned) => {
        open.disabled = !learned;
      });
    app.watchSeparation(({ node }) => {
      // Faders, which change all the time, are not shown there.
      const key = app.store.watch((state) =>
        JSON.stringify(partsOf(state).map(({ component, name, learned }) => [component, name, learned])),
      );
      return key
        .pipe(map(() => partsOf(app.state).filter(({ learned }) => learned)))
        .subscribe((parts) => gallery.showParts(node, parts));
    });
  }
}
