import type { Page } from 'playwright-core';

export type Engine = 'chromium' | 'firefox' | 'webkit';

export interface LaunchOptions {
  /** More command-line arguments for the browser. */
  args?: string[];
  /** More environment variables for the browser. */
  env?: Record<string, string>;
  /** Chromium only: the path of a WAV that is the microphone, played in a loop. Without it: beeps. */
  fakeMicrophone?: string;
  /** Size of the page in CSS pixels, 1280 × 800 unless given. */
  viewport?: { width: number; height: number };
}

/** A running browser with one page. */
export interface Browser {
  readonly engine: Engine;
  readonly version: string;
  /** What the page wrote to its console, and its uncaught errors as `pageerror …` (not in WebKit). */
  readonly logs: string[];
  /** Playwright's own page, for what this interface lacks. Chromium only. */
  readonly page?: Page;
  goto(url: string): Promise<void>;
  /**
   * Runs in the page and awaits the result, which must be JSON. A function is sent as its source, so it sees nothing
   * but its argument; a string must be an expression.
   */
  evaluate<Result>(code: string): Promise<Result>;
  evaluate<Result, Argument>(
    code: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** A trusted click on the first element that matches the CSS selector: it counts as a user gesture. */
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** Writes a PNG of the visible part of the page. */
  screenshot(path: string): Promise<void>;
  /** Ends the browser with all its processes, and removes its profile. */
  close(): Promise<void>;
}

/** Starts a browser; a start that fails is tried once more. */
export function launch(engine: Engine, options?: LaunchOptions): Promise<Browser>;
