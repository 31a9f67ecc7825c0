import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { SettingsForm } from '../page/SettingsForm.ts';
import { LossPlot } from './LossPlot.ts';
import { SuggestPanel } from './SuggestPanel.ts';

/** The settings, what to learn from, and how learning goes on. */
export class LearnPanel {
  readonly #app: App;
  readonly #progress = element('progress', HTMLProgressElement);
  readonly #loss = new LossPlot(element('loss', HTMLElement));

  constructor(app: App) {
    this.#app = app;
    const form = new SettingsForm((settings) => void app.attempt(() => app.learning.change(settings)));
    app.store.watch(({ settings }) => settings).subscribe((settings) => form.show(settings));
    this.#connectButtons();
    this.#connectSuggestions();
    this.#showLearning();
  }

  #connectButtons(): void {
    const { learning, store } = this.#app;
    const actions = {
      'learn-clip': () => learning.fromClip(),
      'learn-recent': () => learning.fromHeard(),
      'learn-next': () => learning.fromNext(),
      'use-drums': () => learning.useDrums(),
      cancel: () => learning.cancel(),
    };
    for (const [id, action] of Object.entries(actions))
      element(id, HTMLButtonElement).addEventListener('click', () => this.#app.attempt(action));
    const automatic = element('automatic', HTMLInputElement);
    automatic.addEventListener('change', () => store.change({ automatic: automatic.checked }));
    store
      .watch((state) => state.automatic)
      .subscribe((checked) => {
        automatic.checked = checked;
      });
    store
      .watch(({ sound }) => sound)
      .subscribe((sound) => {
        element('learn-clip', HTMLButtonElement).disabled = !sound?.file;
        for (const id of ['learn-recent', 'learn-next', 'use-drums']) element(id, HTMLButtonElement).disabled = !sound;
      });
  }

  #connectSuggestions(): void {
    const { learning, store } = this.#app;
    const suggesting = new SuggestPanel(
      (signal) => learning.suggest(signal),
      (components) => learning.change({ ...this.#app.state.settings, components }),
      (action) => void this.#app.attempt(action),
    );
    store
      .watch(({ sound }) => sound)
      .subscribe((sound) => {
        suggesting.cancel();
        if (sound) suggesting.enable();
      });
  }

  #showLearning(): void {
    const { learning, store } = this.#app;
    const cancel = element('cancel', HTMLButtonElement);
    store
      .watch(({ tasks }) => tasks > 0)
      .subscribe((busy) => {
        cancel.disabled = !busy;
        if (busy) this.#loss.begin();
        this.#progress.value = busy || !this.#app.state.grouping ? 0 : 1;
      });
    store
      .watch(({ grouping }) => grouping !== null)
      .subscribe((learned) => {
        if (!learned) this.#loss.begin();
      });
    learning.progress$.subscribe((step) => {
      const { iteration, iterations, restart, restarts } = step;
      this.#progress.value = (restart - 1 + iteration / iterations) / restarts;
      this.#loss.add(step);
    });
    learning.learned$.subscribe(({ loss }) => this.#loss.showKept(loss));
  }
}
