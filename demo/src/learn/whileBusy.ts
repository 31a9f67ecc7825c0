import type { PageState } from '../state/PageState.ts';
import type { Store } from '../state/Store.ts';

/** Counts a task as long as it is under way. */
export async function whileBusy(store: Store<PageState>, work: () => Promise<unknown>): Promise<void> {
  store.change({ tasks: store.value.tasks + 1 });
  try {
    await work();
  } finally {
    store.change({ tasks: store.value.tasks - 1 });
  }
}
