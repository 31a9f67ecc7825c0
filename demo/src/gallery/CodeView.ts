import { made, madeButton } from '../page/made.ts';
import { highlight } from './highlight.ts';
import type { Visualizer } from './visualizers.ts';

/** The code of a visualizer, to be read and copied. */
export class CodeView {
  readonly element: HTMLElement;
  readonly #name = made('h3', {});
  readonly #about = made('span', {});
  readonly #code = made('code', {});
  readonly #onStatus: (text: string) => void;
  /** The visualizer whose code was asked for last */
  #shown: Visualizer | null = null;

  /** @param onStatus  takes sentences for the user */
  constructor(onStatus: (text: string) => void) {
    this.#onStatus = onStatus;
    // A region that scrolls must be reachable by keyboard.
    const page = made('pre', { tabIndex: 0, role: 'region', ariaLabel: 'Code' }, this.#code);
    const heading = made(
      'div',
      { className: 'gallery-file' },
      this.#name,
      madeButton('Copy', () => this.#copy()),
    );
    const licences = made('a', { href: 'gallery/LICENCES.md', target: '_blank' }, 'Licences');
    this.element = made('section', { className: 'gallery-code', ariaLabel: 'Code of the visualizer' });
    this.element.append(heading, made('p', { className: 'gallery-about' }, this.#about, ' ', licences), page);
  }

  async show(visualizer: Visualizer): Promise<void> {
    this.#shown = visualizer;
    this.#name.textContent = `${visualizer.id}.js`;
    this.#about.textContent = visualizer.about;
    this.#code.replaceChildren();
    const code = await codeOf(visualizer).catch(() => '// The code could not be loaded. Is there a network?');
    if (visualizer === this.#shown) this.#code.replaceChildren(...highlight(code));
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#code.textContent);
      this.#onStatus('The code is copied.');
    } catch {
      this.#onStatus('This browser does not let the page copy. Select the code instead.');
    }
  }
}

async function codeOf({ id }: Visualizer): Promise<string> {
  const response = await fetch(`gallery/${id}.js`);
  return response.ok ? response.text() : `// The server answered ${response.status}.`;
}
