import { combineLatest, debounceTime, distinctUntilChanged, filter } from 'rxjs';
import type { App } from '../App.ts';
import { download } from '../keep/download.ts';
import { wavOf } from '../keep/wavFile.ts';
import { element } from '../page/element.ts';
import { showError } from '../page/messages.ts';
import type { Sound } from '../sources/Sound.ts';
import type { Settings } from '../state/settings.ts';
import type { Region } from '../timeline/Region.ts';
import { FactorizationPanel } from './FactorizationPanel.ts';
import { type FactorizationSettings, LECTURE, LONGEST } from './settings.ts';

/** Milliseconds within which the page begins to learn what it plays */
const PAUSE = 300;

/** Factorises what the page plays, on the stage of NMF. */
export class FactorizationView {
  readonly #app: App;
  readonly #panel: FactorizationPanel;

  constructor(app: App) {
    this.#app = app;
    this.#panel = new FactorizationPanel(element('factorization', HTMLElement), {
      play: (buffer, signal) => app.session.preview(buffer, signal),
      save: async (buffer, name) => download(await wavOf(buffer), `${name}.wav`),
    });
    const { store } = app;
    store.watch(({ settings }) => settings).subscribe((settings) => this.#panel.setSettings(stageSettingsOf(settings)));
    combineLatest([
      store.watch(({ sound }) => sound),
      store.watch(({ region }) => region),
      store.watch(({ tasks }) => tasks === 0),
    ])
      .pipe(
        // What is to be heard comes first: the stage would take half of the machine from it.
        debounceTime(PAUSE),
        filter(([, , learned]) => learned),
        distinctUntilChanged(
          ([sound, region], [nextSound, nextRegion]) => sound === nextSound && region === nextRegion,
        ),
      )
      .subscribe(([sound, region]) => {
        this.#show(sound, region).catch(showError);
      });
  }

  async #show(sound: Sound | null, region: Region | null): Promise<void> {
    if (!sound?.file || !region) {
      this.#panel.setClip(null, '');
      return;
    }
    const { file } = sound;
    this.#panel.allowSound();
    const clip = await this.#app.transport.excerpt();
    const end = Math.min(region.to, region.from + LONGEST);
    if (!clip || region !== this.#app.state.region) return;
    this.#panel.setClip(clip, file.name, () => file.original(region.from, end));
  }
}

/** The page's settings, and the lecture's where the page leaves the choice to the package, which may then not factorise alone. */
function stageSettingsOf(settings: Settings): FactorizationSettings {
  const { components, divergence, seed, fftSize, window } = settings;
  return {
    ...{ components, divergence, seed, fftSize, window },
    solver: 'multiplicative',
    iterations: settings.iterations ?? LECTURE.iterations,
    hopSize: settings.hopSize ?? fftSize / 4,
    maskExponent: settings.maskExponent ?? LECTURE.maskExponent,
  };
}
