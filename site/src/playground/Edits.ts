/** What the reader has changed in a recipe: it survives a reload, until it is reset or the recipe itself is another. */
export class Edits {
  readonly #key: string;
  readonly #original: string;

  /** @param name  of the recipe @param original  its text without changes */
  constructor(name: string, original: string) {
    this.#key = `recipe ${new URL('.', location.href).pathname}${name}`;
    this.#original = original;
  }

  /** @returns the changed text, null where nothing has been changed */
  read(): string | null {
    try {
      const { original, text } = JSON.parse(localStorage.getItem(this.#key) ?? '{}');
      return original === this.#original ? text : null;
    } catch {
      // The user does not let pages store anything.
      return null;
    }
  }

  write(text: string): void {
    if (text === this.#original) this.forget();
    else this.#store(() => localStorage.setItem(this.#key, JSON.stringify({ original: this.#original, text })));
  }

  forget(): void {
    this.#store(() => localStorage.removeItem(this.#key));
  }

  /** Where nothing can be stored, changes are lost with the page. */
  #store(change: () => void): void {
    try {
      change();
    } catch {}
  }
}
