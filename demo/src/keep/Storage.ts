import { createStore, del, get, set } from 'idb-keyval';
import { NMFModel, type NMFModelJSON } from 'nmf-separator-node';
import { Grouping, type Recipe } from '../audio/Grouping.ts';
import { CLIPS } from '../sources/clips.ts';
import type { PageState } from '../state/PageState.ts';
import type { Settings } from '../state/settings.ts';

const DATABASE = 'take-sound-apart';
const STORE = 'work';
/** The work of this visit, and the newest of earlier visits that the user may want back */
export type Slot = 'work' | 'earlier';

type Plain = Pick<
  PageState,
  'settings' | 'automatic' | 'names' | 'faders' | 'lessons' | 'master' | 'inputGain' | 'bypassed' | 'midi'
>;

/** A grouping as plain data */
interface KeptModel extends Pick<Grouping, 'origin' | 'groupOf' | 'order'> {
  readonly learned: NMFModelJSON;
  readonly recipe: { readonly clip: string; readonly settings: Settings } | null;
}

/** What the user has made, as the browser keeps it. */
interface Kept extends Plain {
  /** The bundled clip that played */
  readonly clip: string | null;
  readonly model: KeptModel | null;
}

/** The user's work, read back. */
export interface Work extends Plain {
  readonly clip: string | null;
  readonly grouping: Grouping | null;
}

/** Keeps the user's work in the browser's database, where it survives a reload. */
export class Storage {
  readonly #store = createStore(DATABASE, STORE);
  /** Writes one after the other, so that the newest comes last */
  #writing: Promise<unknown> = Promise.resolve();

  /** Resolves when it is kept. A browser may not allow that, in a private window for example: then nothing is kept. */
  keep(state: PageState, clip: string | null): Promise<unknown> {
    const { grouping, settings, automatic, names, faders, lessons, master, inputGain, bypassed, midi } = state;
    const plain: Plain = { settings, automatic, names, faders, lessons, master, inputGain, bypassed, midi };
    const model = grouping && keptModelOf(grouping);
    const kept: Kept = { ...plain, clip, model };
    return this.#write(() => set('work', kept, this.#store));
  }

  /** Makes what is kept the work of an earlier visit, which this visit does not overwrite. */
  setAside(): Promise<unknown> {
    return this.#write(async () => set('earlier', await get('work', this.#store), this.#store));
  }

  /** The user does not want it back. */
  forgetEarlier(): Promise<unknown> {
    return this.#write(() => del('earlier', this.#store));
  }

  /** null when nothing is kept, or only what another version of the page can read */
  async read(slot: Slot): Promise<Work | null> {
    try {
      const kept = await get<Kept>(slot, this.#store);
      if (!kept) return null;
      const { model, ...plain } = kept;
      return { ...plain, grouping: model && groupingOf(model) };
    } catch {
      return null;
    }
  }

  #write(write: () => Promise<unknown>): Promise<unknown> {
    this.#writing = this.#writing.then(write).catch(() => {});
    return this.#writing;
  }
}

function keptModelOf({ learned, origin, groupOf, order, recipe }: Grouping): KeptModel {
  const kept = recipe && { clip: recipe.clip.id, settings: recipe.settings };
  return { learned: learned.toJSON(), origin, groupOf, order, recipe: kept };
}

function groupingOf({ learned, origin, groupOf, order, recipe: kept }: KeptModel): Grouping {
  const clip = CLIPS.find(({ id }) => id === kept?.clip);
  const recipe: Recipe | null = kept && clip ? { clip, settings: kept.settings } : null;
  return new Grouping(NMFModel.fromJSON(learned), origin, { groupOf, order, recipe });
}
