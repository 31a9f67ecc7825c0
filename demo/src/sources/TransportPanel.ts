import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { showError } from '../page/messages.ts';
import { MasterFader } from '../perform/MasterFader.ts';
import { Timeline } from '../timeline/Timeline.ts';
import type { PlayableSource } from './PlayableSource.ts';

/** Stays in view: play, the timeline, the whole mix against the untouched sound, and the master fader. */
export class TransportPanel {
  readonly #app: App;
  readonly #timeline = new Timeline(element('timeline', HTMLElement));

  constructor(app: App) {
    this.#app = app;
    const play = element('play', HTMLButtonElement);
    const start = element('start', HTMLButtonElement);
    for (const button of [play, start])
      button.addEventListener('click', () => app.attempt(() => app.transport.toggle()));
    app.store
      .watch(({ playing }) => playing)
      .subscribe((playing) => {
        document.body.dataset.playing = String(playing);
        play.textContent = playing ? 'Pause' : 'Play';
      });
    app.store
      .watch(({ sound }) => sound !== null)
      .subscribe((chosen) => {
        start.hidden = chosen;
      });
    this.#showSound();
    this.#connectMix();
  }

  /** Plays if the user has pressed the button before the page could. */
  playIfWanted(): void {
    if (document.body.dataset.wanted === 'true' && !this.#app.started)
      void this.#app.attempt(() => this.#app.transport.toggle());
  }

  #showSound(): void {
    const { store, transport } = this.#app;
    const listening = element('listening', HTMLElement);
    const listen = element('listen', HTMLInputElement);
    listen.addEventListener('change', () => this.#app.attempt(() => this.#app.session.setAudible(listen.checked)));
    store
      .watch(({ sound }) => sound)
      .subscribe((sound) => {
        listening.hidden = !sound?.source.feedsBack;
        listen.checked = false;
        element('timeline', HTMLElement).toggleAttribute('data-clip', Boolean(sound?.clip));
        if (sound?.file) void this.#timeline.show(sound.file, sound.source as PlayableSource);
        else this.#timeline.hide();
      });
    this.#timeline.onRegion((region) => void transport.setRegion(region).catch(showError));
    store
      .watch(({ opening }) => opening)
      .subscribe((opening) => {
        this.#timeline.progress(opening?.fraction ?? null, opening ? `Reading ${opening.name} …` : '');
      });
  }

  #connectMix(): void {
    const { store, parts } = this.#app;
    const original = element('bypass', HTMLButtonElement);
    original.addEventListener('click', () => parts.toggleBypass());
    store
      .watch(({ bypassed }) => bypassed)
      .subscribe((bypassed) => {
        original.setAttribute('aria-pressed', String(bypassed));
      });
    const master = new MasterFader(element('master', HTMLElement), 'Master', (gain) => store.change({ master: gain }));
    store.watch((state) => state.master).subscribe((gain) => master.show(gain));
  }
}
