import { createStore, get, set } from 'idb-keyval';
import { NMFModel, type NMFModelJSON } from 'nmf-separator-node';
import { Grouping } from '../audio/Grouping.ts';
import type { PageState } from '../state/PageState.ts';

const DATABASE = 'take-sound-apart';
const KEY = 'work';

type Plain = Pick<PageState, 'settings' | 'automatic' | 'names' | 'faders' | 'lessons' | 'master'>;

/** What the user has made, as the browser keeps it. */
interface Kept extends Plain {
  /** The bundled clip that played */
  readonly clip: string | null;
  readonly model: (Pick<Grouping, 'origin' | 'groupOf' | 'order'> & { readonly learned: NMFModelJSON }) | null;
}

/** The user's work, read back. */
export interface Work extends Plain {
  readonly clip: string | null;
  readonly grouping: Grouping | null;
}

/** Keeps the user's work in the browser's database, where it survives a reload. */
export class Storage {
  readonly #store = createStore(DATABASE, KEY);
  /** Writes one after the other, so that the newest comes last */
  #writing: Promise<unknown> = Promise.resolve();

  /** Resolves when it is kept. A browser may not allow that, in a private window for example: then nothing is kept. */
  keep(state: PageState, clip: string | null): Promise<unknown> {
    const { settings, automatic, names, faders, lessons, master, grouping } = state;
    const model = grouping && {
      learned: grouping.learned.toJSON(),
      ...{ origin: grouping.origin, groupOf: grouping.groupOf, order: grouping.order },
    };
    const kept: Kept = { settings, automatic, names, faders, lessons, master, clip, model };
    this.#writing = this.#writing.then(() => set(KEY, kept, this.#store)).catch(() => {});
    return this.#writing;
  }

  /** null when nothing is kept, or only what another version of the page can read */
  async read(): Promise<Work | null> {
    try {
      const kept = await get<Kept>(KEY, this.#store);
      if (!kept) return null;
      const { model, ...plain } = kept;
      const grouping = model && new Grouping(NMFModel.fromJSON(model.learned), model.origin, model);
      return { ...plain, grouping };
    } catch {
      return null;
    }
  }
}
