import { distinctUntilChanged, map } from 'rxjs';
import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { notify } from '../page/messages.ts';
import { CLIPS, lessonsOf } from '../sources/clips.ts';
import type { PageState } from '../state/PageState.ts';
import { snippetOf } from './snippet.ts';

/** “This page in twelve lines”: a program with the settings as they are, to be copied. */
export class DevelopPanel {
  constructor(app: App) {
    const code = element('snippet', HTMLElement);
    app.store
      .watch((state) => state)
      .pipe(map(snippetFor), distinctUntilChanged())
      .subscribe((text) => {
        code.textContent = text;
      });
    element('copy-snippet', HTMLButtonElement).addEventListener('click', () =>
      app.attempt(async () => {
        await navigator.clipboard.writeText(code.textContent ?? '').catch((cause) => {
          throw new Error('The browser did not let the program be copied: select it instead.', { cause });
        });
        notify('The program is copied.');
      }),
    );
  }
}

function snippetFor({ settings, sound, faders }: PageState): string {
  const bundled = sound ? sound.clip : CLIPS[0];
  // A live source has no address: the program plays the first clip.
  const clip = bundled?.url ?? (sound?.file ? encodeURIComponent(sound.file.name) : CLIPS[0].url);
  const lessons = bundled ? lessonsOf(bundled, settings.components) : [];
  const soloed = faders.slice(0, settings.components).some((fader) => fader.soloed);
  const gains = faders.map(({ level, muted, soloed: alone }) => (muted || (soloed && !alone) ? 0 : level));
  return snippetOf({ settings, clip, lessons, gains });
}
