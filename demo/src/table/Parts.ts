import { type NMFModel, sonify } from 'nmf-separator-node';
import { filter, merge, skip } from 'rxjs';
import type { App } from '../App.ts';
import { FilteredClip } from '../audio/FilteredClip.ts';
import type { Grouping } from '../audio/Grouping.ts';
import type { Fader } from '../audio/Mixer.ts';
import { download, fileNameOf } from '../keep/download.ts';
import { wavOf } from '../keep/wavFile.ts';
import { showStatus } from '../page/messages.ts';
import { replaced } from '../state/PageState.ts';
import { type Part, partsOf } from '../state/parts.ts';
import type { SoundActions } from './SoundButtons.ts';

/** Seconds that each part is heard alone, one after the other */
const TURN = 2;

/** Names, groups, faders and sounds of the parts. */
export class Parts {
  readonly #app: App;
  readonly #filtered = new FilteredClip();
  /** Ends the round in which each part is heard alone */
  #round: AbortController | null = null;
  /** The part whose name is being typed: all of that is one step to be undone. */
  #renamed: number | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  get all(): Part[] {
    return partsOf(this.#app.state);
  }

  partOf(component: number): Part {
    return this.all.find((part) => part.component === component)!;
  }

  rename(component: number, name: string): void {
    const { store, state, history } = this.#app;
    if (this.#renamed !== component) history.remember();
    this.#renamed = component;
    store.change({ names: replaced(state.names, component, name.trim() || null) });
    this.#keepModel();
  }

  /** The user has left the field of a name. */
  endRenaming(): void {
    this.#renamed = null;
  }

  isRenaming(component: number): boolean {
    return this.#renamed === component;
  }

  async join(component: number, into: number): Promise<void> {
    const [one, other] = [this.partOf(component), this.partOf(into)];
    this.#app.history.remember({ mix: true });
    await this.regroup((grouping) => grouping.join(component, into));
    // Who is heard alone is heard alone also as a part of another.
    this.setFader(into, { soloed: one.fader.soloed || other.fader.soloed });
    this.setFader(component, { soloed: false, muted: false });
    showStatus(`${one.name} now sounds in one part with ${other.name}.`);
    this.#keepModel();
  }

  async split(component: number): Promise<void> {
    this.#app.history.remember();
    await this.regroup((grouping) => grouping.split(component));
  }

  async regroup(change: (grouping: Grouping) => Grouping): Promise<void> {
    const { grouping } = this.#app.state;
    if (!grouping) throw new Error('Learn something first: there are no parts to group yet.');
    await this.#app.session.separation.use(change(grouping));
  }

  setFader(component: number, change: Partial<Fader>): void {
    const { faders } = this.#app.state;
    this.#app.store.change({ faders: replaced(faders, component, { ...faders[component], ...change }) });
  }

  toggleMute(component: number): void {
    this.setFader(component, { muted: !this.#app.state.faders[component].muted });
  }

  /** Lets this part alone be heard, or all again. @param others  leaves the solos of other parts as they are */
  toggleSolo(component: number, { others = false } = {}): void {
    this.#round?.abort();
    const before = this.#app.state.faders;
    const soloed = !before[component].soloed;
    const faders = before.map((fader, k) => ({ ...fader, soloed: k === component ? soloed : others && fader.soloed }));
    this.#app.store.change({ faders });
  }

  clearSolos(): void {
    this.#round?.abort();
    const faders = this.#app.state.faders.map((fader) => ({ ...fader, soloed: false }));
    this.#app.store.change({ faders });
  }

  /** Lets the untouched sound be heard instead of the parts, or the parts again. */
  toggleBypass(): void {
    const { store, state } = this.#app;
    store.change({ bypassed: !state.bypassed });
  }

  /** Lets each part be heard alone for a moment; called again, it ends that. */
  async hearEach(): Promise<void> {
    if (this.#round) {
      this.#round.abort();
      return;
    }
    const round = new AbortController();
    this.#round = round;
    const { session, store } = this.#app;
    if (session.context.state !== 'running') await session.resume();
    // It ends where the parts become others, or silent. What is so now is told at once, and skipped.
    const ending = merge(
      store.watch(({ grouping }) => grouping?.groupOf).pipe(skip(1)),
      store.watch(({ sound }) => sound).pipe(skip(1)),
      store
        .watch(({ playing }) => playing)
        .pipe(
          skip(1),
          filter((playing) => !playing),
        ),
    ).subscribe(() => round.abort());
    for (const { component, name, learned } of this.all) {
      if (!learned || round.signal.aborted) continue;
      store.change({ spotlight: component });
      showStatus(`This is ${name}.`);
      await until(round.signal, TURN);
    }
    ending.unsubscribe();
    this.#round = null;
    store.change({ spotlight: null });
    if (store.value.playing) showStatus('All parts together again.');
  }

  /** What a component sounds like: its template. */
  template(component: number): SoundActions {
    return this.#sound(component, 'component', async (model) => sonify(model, component));
  }

  /** What a component sounds like: the clip through its mask. */
  filtered(component: number): SoundActions {
    return this.#sound(component, 'filtered', async (model) => (await this.#filteredClips(model))[component]);
  }

  /** A WAV file for each part of the clip. */
  async exportAll(): Promise<void> {
    const model = this.model();
    const buffers = await this.#filteredClips(model);
    for (const { component, name, learned } of this.all) {
      if (learned) download(await wavOf(buffers[component]), `${fileNameOf(name, 'filtered')}.wav`);
    }
  }

  /** @throws {Error} when there is no model yet */
  model(): NMFModel {
    const model = this.#app.state.grouping?.model;
    if (!model) throw new Error('Learn something first: there are no parts yet.');
    return model;
  }

  #sound(component: number, kind: string, make: (model: NMFModel) => Promise<AudioBuffer>): SoundActions {
    return {
      play: async (signal) => this.#app.session.preview(await make(this.model()), signal),
      save: async () =>
        download(await wavOf(await make(this.model())), `${fileNameOf(this.partOf(component).name, kind)}.wav`),
    };
  }

  /** @throws {Error} (as a rejection) when a live source plays */
  async #filteredClips(model: NMFModel): Promise<AudioBuffer[]> {
    const { transport, state } = this.#app;
    const clip = await transport.excerpt();
    if (!clip) throw new Error('A live source has no clip to filter. Play a clip or a file, or record it.');
    showStatus('Filtering the clip …');
    const components = await this.#filtered.of(clip, model, state.settings);
    showStatus('The clip is filtered.');
    return components;
  }

  /** Another clip must not replace a model in which the user has put work. */
  #keepModel(): void {
    this.#app.learning.stopAutomatic('Your parts stay as they are now: other clips are no longer learned at once.');
  }
}

/** Resolves after some seconds, or as soon as the signal aborts. */
function until(signal: AbortSignal, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
