import { combineLatest } from 'rxjs';
import type { App } from '../App.ts';
import { download } from '../keep/download.ts';
import { wavOf } from '../keep/wavFile.ts';
import { element } from '../page/element.ts';
import type { Settings } from '../state/settings.ts';
import { FactorizationPanel } from './FactorizationPanel.ts';
import { type FactorizationSettings, LECTURE, LONGEST } from './settings.ts';

/** Factorises what the page plays, on the stage of NMF. */
export class FactorizationView {
  constructor(app: App) {
    const panel = new FactorizationPanel(element('factorization', HTMLElement), {
      play: (buffer, signal) => app.session.preview(buffer, signal),
      save: async (buffer, name) => download(await wavOf(buffer), `${name}.wav`),
    });
    const { store, transport } = app;
    store.watch(({ settings }) => settings).subscribe((settings) => panel.setSettings(stageSettingsOf(settings)));
    combineLatest([store.watch(({ sound }) => sound), store.watch(({ region }) => region)]).subscribe(
      ([sound, region]) => {
        if (!sound?.file || !region) {
          panel.setClip(null, '');
          return;
        }
        const { file } = sound;
        panel.allowSound();
        void app.attempt(async () => {
          const clip = await transport.excerpt();
          const end = Math.min(region.to, region.from + LONGEST);
          if (clip && region === app.state.region)
            panel.setClip(clip, file.name, () => file.original(region.from, end));
        });
      },
    );
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
