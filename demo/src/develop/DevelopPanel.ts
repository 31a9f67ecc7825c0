import { distinctUntilChanged, map } from 'rxjs';
import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { notify } from '../page/messages.ts';
import { CLIPS, lessonsOf } from '../sources/clips.ts';
import { TITLES } from '../sources/SourcePicker.ts';
import type { PageState } from '../state/PageState.ts';
import { mixOf } from '../state/parts.ts';
import { type SnippetSound, snippetOf } from './snippet.ts';

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

function snippetFor(state: PageState): string {
  const { settings } = state;
  const { faders } = mixOf(state);
  const soloed = faders.slice(0, settings.components).some((fader) => fader.soloed);
  const gains = faders.map(({ level, muted, soloed: alone }) => (muted || (soloed && !alone) ? 0 : level));
  return snippetOf({ settings, sound: soundOf(state), gains });
}

/** The first clip before anything plays */
function soundOf({ sound, settings }: PageState): SnippetSound {
  const clip = sound ? sound.clip : CLIPS[0];
  if (clip) return { kind: 'clip', url: clip.url, lessons: lessonsOf(clip, settings.components) };
  if (sound?.file) return { kind: 'clip', url: encodeURIComponent(sound.file.name), lessons: [] };
  return { kind: sound?.source.title === TITLES.sharedSound ? 'tab' : 'microphone' };
}
