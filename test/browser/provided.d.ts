/** What vitest.config.mjs gives to the browser specs. */
/// <reference types="vite/client" />
import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether this project's pages are cross-origin isolated. */
    isolated: boolean;
    /** How long the soak plays. */
    soakSeconds: number;
  }
}

// Vitest types its commands for its own providers only, and these declarations take the place of all others.
declare module 'vitest/browser' {
  export const server: {
    /** The engine that runs the spec. */
    readonly browser: string;
  };
  export const commands: {
    /** Megabytes that the browser's processes hold for themselves. */
    browserMegabytes(): Promise<number>;
  };
}
