import { controlsOf, nameButton } from './controls.ts';
import { Edits } from './Edits.ts';
import type { Editor } from './editor.ts';
import { inWords } from './inWords.ts';
import { Run } from './Run.ts';
import type { RecipeState } from './state.ts';

/** One run at a time: what is heard is then of the recipe that shows it. */
let running: Recipe | null = null;

// The browser may keep a page that is left, and show it again by Back: its worklet and workers would be of no use then.
window.addEventListener('pagehide', () => running?.stop(''));

/** A recipe in the page: its code, the buttons that run and change it, and what it shows while it runs. */
export class Recipe {
  readonly #element: HTMLElement;
  readonly #name: string;
  readonly #printed: readonly HTMLElement[];
  /** The recipe as the guide has it, and what calls it */
  readonly #original: string;
  readonly #edits: Edits;
  readonly #controls: ReturnType<typeof controlsOf>;
  #editor: Editor | null = null;
  #run: Run | null = null;

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#name = String(element.dataset.recipe);
    this.#printed = Array.from(element.children) as HTMLElement[];
    this.#original = Array.from(element.querySelectorAll('pre'), ({ textContent }) => textContent?.trimEnd()).join(
      '\n\n',
    );
    this.#edits = new Edits(this.#name, this.#original);
    this.#controls = controlsOf(this.#name);
    element.append(this.#controls.panel);
    const { run, edit, reset } = this.#controls;
    run.addEventListener('click', () => (this.#run ? this.stop('Stopped.') : this.#start()));
    edit.addEventListener('click', () => this.#edit(true));
    reset.addEventListener('click', () => this.#reset());
    this.#show('idle', '');
    if (this.#edits.read() !== null) this.#edit(false);
  }

  /** Silences the recipe, and gives back all that its run has made. */
  stop(message: string, state: RecipeState = 'idle'): void {
    this.#run?.stop();
    this.#run = null;
    if (running === this) running = null;
    this.#show(state, message);
  }

  async #start(): Promise<void> {
    running?.stop('');
    running = this;
    const { stage, level } = this.#controls;
    // Made at once, in the click: browsers let a context play that is made then.
    const run = new Run({
      stage,
      onLevel: (value) => {
        level.value = value;
      },
      onMessage: (message) => this.#show('running', message),
      onError: (error) => this.#fail(run, error),
    });
    this.#run = run;
    this.#show('starting', 'Starting …');
    try {
      await run.start(this.#editor?.text() ?? this.#original);
      if (this.#run === run) this.#show('running', run.message || 'Running.');
    } catch (error) {
      this.#fail(run, error);
    }
  }

  /** Says what went wrong, unless the run was stopped, and what it waited for was refused for that reason. */
  #fail(run: Run, error: unknown): void {
    if (this.#run !== run) return;
    this.stop('', 'failed');
    this.#controls.error.textContent = inWords(error, run.url);
  }

  #show(state: RecipeState, message: string): void {
    const { run, status, error, level } = this.#controls;
    const isRunning = state === 'starting' || state === 'running';
    this.#element.dataset.state = state;
    nameButton(run, isRunning ? 'Stop' : 'Run', this.#name);
    status.textContent = message;
    error.textContent = '';
    level.hidden = !isRunning;
    if (!isRunning) level.value = 0;
  }

  /** Loads the editor, and opens it. Without a network it may not be there: the reader can then press Edit again. */
  async #edit(focuses: boolean): Promise<void> {
    const { edit, error } = this.#controls;
    edit.disabled = true;
    error.textContent = '';
    try {
      this.#open(await import('./editor.ts'), focuses);
    } catch (reason) {
      error.textContent = `The editor does not open: ${inWords(reason, '')}`;
    } finally {
      edit.disabled = false;
    }
  }

  /** Replaces the printed code by an editor. */
  #open({ openEditor }: typeof import('./editor.ts'), focuses: boolean): void {
    const { edit, reset, editing } = this.#controls;
    this.#editor = openEditor(editing, this.#edits.read() ?? this.#original, (text) => this.#edits.write(text));
    for (const element of this.#printed) element.hidden = true;
    [edit.hidden, reset.hidden, editing.hidden] = [true, false, false];
    if (focuses) this.#editor.focus();
  }

  /** Shows the printed code again. */
  #reset(): void {
    const { edit, reset, editing } = this.#controls;
    this.stop('');
    this.#edits.forget();
    this.#editor?.close();
    this.#editor = null;
    for (const element of this.#printed) element.hidden = false;
    [edit.hidden, reset.hidden, editing.hidden] = [false, true, true];
    edit.focus();
  }
}
