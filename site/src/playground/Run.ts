import type { NMFSeparatorNode } from 'nmf-separator-node';
import { showBars } from './bars.ts';
import { clipUrl, loadClip } from './clips.ts';
import { completeListener } from './listener.ts';
import { meter } from './meter.ts';
import { endMicrophones } from './microphones.ts';

export interface RunOptions {
  /** Gets an element for this run to draw in, which is removed at its end */
  readonly stage: HTMLElement;
  /** Told the level of what is heard, from 0 to 1 */
  readonly onLevel: (level: number) => void;
  readonly onMessage: (message: string) => void;
  /** Told what goes wrong after the start */
  readonly onError: (error: unknown) => void;
}

/** What the default function of a recipe is called with: see site/recipes. */
export interface Playground {
  /** Of this run; closed at its end */
  readonly context: AudioContext;
  /** An empty element to draw in */
  readonly stage: HTMLElement;
  /** One of the demo's clips, decoded */
  readonly clip: (name: string) => Promise<AudioBuffer>;
  readonly clipUrl: (name: string) => string;
  /** Shows how loud each stream of a separator is. */
  readonly watch: (separator: NMFSeparatorNode) => void;
  /** Tells the reader something. */
  readonly tell: (message: string) => void;
  /** Is called when the run ends. */
  readonly onStop: (end: () => void) => void;
}

/** One run of a recipe, and all that it makes. Made in a click, it may play at once. */
export class Run {
  readonly #options: RunOptions;
  readonly #context = new AudioContext();
  readonly #ending = new AbortController();
  /** Its own, so that what a recipe still does after its end is not seen */
  readonly #stage = document.createElement('div');
  /** Of the recipe's module; empty before it is compiled */
  url = '';
  /** What the recipe told last */
  message = '';

  constructor(options: RunOptions) {
    this.#options = options;
    const { signal } = this.#ending;
    options.stage.append(this.#stage);
    completeListener(this.#context);
    meter(this.#context, options.onLevel, signal);
    endMicrophones(signal);
    window.addEventListener('error', ({ error, message }) => options.onError(error ?? message), { signal });
    window.addEventListener('unhandledrejection', ({ reason }) => options.onError(reason), { signal });
  }

  /** Compiles a recipe, and calls its default function. Resolves when that has returned; the recipe goes on to sound. */
  async start(text: string): Promise<void> {
    const { compile } = await import('./compile.ts');
    const code = compile(text);
    this.#ending.signal.throwIfAborted();
    this.url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const { default: play } = await import(this.url);
    if (typeof play !== 'function') throw new Error('The code has no default function to call.');
    this.#ending.signal.throwIfAborted();
    await play(this.#playground());
  }

  stop(): void {
    this.#ending.abort(new DOMException('The run was stopped.', 'AbortError'));
    // Separators end with their context. A recipe may have closed it already.
    this.#context.close().catch(() => {});
    this.#stage.remove();
    URL.revokeObjectURL(this.url);
  }

  #playground(): Playground {
    const { onMessage } = this.#options;
    const stage = this.#stage;
    const { signal } = this.#ending;
    return {
      context: this.#context,
      stage,
      clip: (name) => loadClip(this.#context, name, signal),
      clipUrl,
      watch: (separator) => showBars(stage, separator, signal),
      tell: (message) => {
        if (signal.aborted) return;
        this.message = message;
        onMessage(message);
      },
      onStop: (end) => signal.addEventListener('abort', end),
    };
  }
}
