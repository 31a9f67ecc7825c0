import { debounceTime, fromEvent, merge } from 'rxjs';
import type { App } from '../App.ts';
import { Grouping } from '../audio/Grouping.ts';
import { hasWork } from '../learn/Learner.ts';
import { notify, showStatus } from '../page/messages.ts';
import type { PageState } from '../state/PageState.ts';
import { download, fileNameOf } from './download.ts';
import { linkOf, readLink } from './link.ts';
import { modelFileOf, readModel, shapeOf } from './modelFile.ts';
import { Storage, type Work } from './Storage.ts';

/** Milliseconds after the last change until the work is kept */
const PAUSE = 300;

/** Keeps what the user has made: as a file, as a link, and in the browser. */
export class Keeping {
  readonly #app: App;
  readonly #storage = new Storage();
  /** The bundled clip of the link that the page was opened with, played at the first click */
  linkedClip: string | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /**
   * Resolves when the state is that of the link in the address or, when the page is reloaded, what it was. Work of an earlier
   * visit is offered.
   */
  async begin(): Promise<void> {
    const work = await this.#storage.read('work');
    const isReload = performance
      .getEntriesByType('navigation')
      .some((entry) => 'type' in entry && entry.type === 'reload');
    // The newest change may have come too late to be kept, but the address has the clip that played.
    if (work && isReload) this.#bringBack({ ...work, clip: readLink(location.hash).clip ?? work.clip });
    else {
      this.#follow(location.hash);
      // Controllers are what they were, whatever is played.
      if (work?.midi) this.#app.store.change({ midi: work.midi });
      if (work && isOwnWork(work)) await this.#storage.setAside();
      await this.#offerEarlier();
    }
    window.addEventListener('hashchange', () => this.#app.attempt(() => this.#openLink()));
    this.#app.store.watch((state) => state).subscribe((state) => this.#showLink(state));
    const state$ = this.#app.store.watch((state) => state);
    // What was learned is kept at once: the page may be reloaded in the next moment. A model that follows changes all the time.
    merge(
      state$.pipe(debounceTime(PAUSE)),
      this.#app.store.watch(({ grouping, adapting }) => (adapting ? null : grouping)),
      fromEvent(window, 'pagehide'),
    ).subscribe(() => this.#storage.keep(this.#app.state, this.#clip));
  }

  async saveModel(): Promise<void> {
    const model = this.#app.parts.model();
    const { all } = this.#app.parts;
    const labels = model.labels.map((label, k) => all.find(({ component }) => component === k)?.name ?? label);
    const names = all.filter(({ learned }) => learned).map(({ name }) => name);
    download(modelFileOf(model.withLabels(labels)), `${fileNameOf(...names)}.model.json`);
  }

  /** Uses a saved model, with the settings that its frames need. */
  async openModel(file: File): Promise<void> {
    const model = await readModel(file);
    this.#app.history.remember();
    await this.#app.learning.use(new Grouping(model, 'file'), shapeOf(model));
    showStatus(`${file.name} is in use.`);
  }

  /** Copies the link, if it is enough to hear the same again. */
  async copyLink(): Promise<void> {
    const missing = this.#missingFromLink();
    if (missing) throw new Error(missing);
    await navigator.clipboard.writeText(location.href).catch((cause) => {
      throw new Error('The browser did not let the link be copied; it stands in the address bar.', { cause });
    });
    notify('The link is copied: whoever opens it hears the same.');
  }

  /** Why a link would not reproduce what is heard, or null if it does */
  #missingFromLink(): string | null {
    const { sound, grouping, settings, adapting } = this.#app.state;
    const recipe = grouping?.recipe;
    if (sound && !sound.clip) return 'A link cannot hold your own sound. Save the model, and send it with the sound.';
    if (isReplacedSoon(this.#app.state)) return null;
    if (grouping && (!recipe || adapting))
      return 'A link cannot hold what was taught, heard, adapted or opened. Save the model instead.';
    if (grouping && sound && recipe?.clip !== sound.clip)
      return 'These parts were learned from another clip than the one that plays. Learn from the clip first.';
    if (grouping && JSON.stringify(recipe?.settings) !== JSON.stringify(settings))
      return 'The settings are not those by which these parts were learned. Learn from the clip first.';
    return null;
  }

  async #offerEarlier(): Promise<void> {
    const earlier = await this.#storage.read('earlier');
    if (!earlier) return;
    notify('Your work of last time is still here.', {
      title: 'Bring it back',
      action: () => {
        this.#app.history.remember({ mix: true });
        this.#bringBack(earlier);
      },
      decline: () => this.#storage.forgetEarlier(),
    });
  }

  get #clip(): string | null {
    const { sound } = this.#app.state;
    return sound ? (sound.clip?.id ?? null) : this.linkedClip;
  }

  #showLink(state: PageState): void {
    const { grouping } = state;
    const groups = grouping?.isGrouped ? grouping.groupOf : this.#app.learning.linkedGroups;
    const hash = linkOf({ ...state, clip: this.#clip, groups });
    if (hash !== location.hash) history.replaceState(null, '', hash);
  }

  #follow(hash: string): void {
    const { clip, groups, ...linked } = readLink(hash);
    this.linkedClip = clip;
    this.#app.learning.linkedGroups = groups;
    this.#app.store.change(linked);
  }

  /** A link that is opened in the running page. */
  async #openLink(): Promise<void> {
    const { hash } = location;
    const { settings } = readLink(hash);
    const { learning, transport, started, store } = this.#app;
    this.#app.history.remember({ mix: true });
    store.change({ automatic: true });
    if (started) await learning.bringBack(settings, null);
    this.#follow(hash);
    if (started) await transport.playClip(transport.clipOf(this.linkedClip), { asLinked: true });
  }

  #bringBack({ clip, grouping, ...work }: Work): void {
    this.linkedClip = clip;
    this.#app.store.change(work);
    const { started, learning, transport, store } = this.#app;
    if (!started) {
      store.change({ grouping });
      return;
    }
    void this.#app.attempt(async () => {
      await learning.bringBack(work.settings, grouping);
      if (clip) await transport.playClip(transport.clipOf(clip), { asLinked: true });
    });
  }
}

/** Whether a clip is still being learned, and what is heard until then is a rough model. The link is of what comes of it. */
function isReplacedSoon(state: PageState): boolean {
  const { tasks, grouping } = state;
  return tasks > 0 && grouping?.origin === 'clip' && !grouping.recipe && !hasWork(state);
}

/** Whether there is something in it that opening the page anew would not bring back. */
function isOwnWork({ names, lessons, grouping }: Work): boolean {
  return names.some(Boolean) || lessons.some(Boolean) || (grouping !== null && grouping.origin !== 'clip');
}
