/** In the session's storage while the page reloads itself */
const RELOADING = 'reloading';

/** A reload by the page itself. It is not allowed twice in a row: one that did not help must not become a loop. */
export class OwnReload {
  readonly allowed = takeNote();

  run(): void {
    sessionStorage.setItem(RELOADING, 'true');
    location.reload();
  }
}

/** Removes the note of a reload. @returns whether there was none, and a new one can be left */
function takeNote(): boolean {
  try {
    const isFresh = sessionStorage.getItem(RELOADING) === null;
    sessionStorage.setItem(RELOADING, 'true');
    sessionStorage.removeItem(RELOADING);
    return isFresh;
  } catch {
    // The user does not let pages store anything.
    return false;
  }
}
