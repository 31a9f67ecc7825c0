import { createStore, delMany, getMany, setMany } from 'idb-keyval';
import { NMFModel, type NMFModelJSON } from 'nmf-separator-node';
import { Grouping, type Recipe } from '../audio/Grouping.ts';
import { CLIPS } from '../sources/clips.ts';
import { INITIAL_STATE, type PageState } from '../state/PageState.ts';
import type { Settings } from '../state/settings.ts';

const DATABASE = 'take-sound-apart';
const STORE = 'work';
/** The work of this visit, and the newest of earlier visits that the user may want back */
export type Slot = 'work' | 'earlier';

type Plain = Pick<
  PageState,
  'settings' | 'automatic' | 'names' | 'faders' | 'master' | 'inputGain' | 'bypassed' | 'midi'
>;
type Lessons = PageState['lessons'];

/** A grouping as plain data */
interface KeptModel extends Pick<Grouping, 'origin' | 'groupOf' | 'order'> {
  readonly learned: NMFModelJSON;
  readonly recipe: { readonly clip: string; readonly settings: Settings } | null;
}

/** What the user has made, as the browser keeps it: without the lessons, which are large and seldom change. */
interface Kept extends Plain {
  /** The bundled clip that played */
  readonly clip: string | null;
  readonly model: KeptModel | null;
}

/** The user's work, read back. */
export interface Work extends Plain {
  readonly clip: string | null;
  readonly grouping: Grouping | null;
  readonly lessons: Lessons;
}

/** Keeps the user's work in the browser's database, where it survives a reload. */
export class Storage {
  readonly #store = createStore(DATABASE, STORE);
  /** Writes one after the other, so that the newest comes last */
  #writing: Promise<unknown> = Promise.resolve();
  /** What was kept last */
  #lessons: Lessons | null = null;
  #model: { readonly grouping: Grouping | null; readonly kept: KeptModel | null } = { grouping: null, kept: null };

  /** Resolves when it is kept. A browser may not allow that, in a private window for example: then nothing is kept. */
  keep(state: PageState, clip: string | null): Promise<unknown> {
    const { grouping, settings, automatic, names, faders, lessons, master, inputGain, bypassed, midi } = state;
    const plain: Plain = { settings, automatic, names, faders, master, inputGain, bypassed, midi };
    if (grouping !== this.#model.grouping) this.#model = { grouping, kept: grouping && keptModelOf(grouping) };
    const kept: Kept = { ...plain, clip, model: this.#model.kept };
    const changed: [string, unknown][] = lessons === this.#lessons ? [] : [[lessonsIn('work'), lessons]];
    this.#lessons = lessons;
    return this.#write(() => setMany([['work', kept], ...changed], this.#store));
  }

  /** Makes what is kept the work of an earlier visit, which this visit does not overwrite. */
  setAside(): Promise<unknown> {
    return this.#write(async () => {
      const [work, lessons] = await getMany(['work', lessonsIn('work')], this.#store);
      const copies: [string, unknown][] = [
        ['earlier', work],
        [lessonsIn('earlier'), lessons],
      ];
      await setMany(copies, this.#store);
    });
  }

  /** The user does not want it back. */
  forgetEarlier(): Promise<unknown> {
    return this.#write(() => delMany(['earlier', lessonsIn('earlier')], this.#store));
  }

  /** null when nothing is kept, or only what another version of the page can read */
  async read(slot: Slot): Promise<Work | null> {
    try {
      const [kept, lessons] = (await getMany([slot, lessonsIn(slot)], this.#store)) as [Kept?, Lessons?];
      if (!kept) return null;
      const { model, ...plain } = kept;
      return { ...plain, lessons: lessons ?? INITIAL_STATE.lessons, grouping: model && groupingOf(model) };
    } catch {
      return null;
    }
  }

  #write(write: () => Promise<unknown>): Promise<unknown> {
    this.#writing = this.#writing.then(write).catch(() => {});
    return this.#writing;
  }
}

/** The key of the lessons that belong to the work in a slot */
function lessonsIn(slot: Slot): string {
  return `${slot} lessons`;
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
