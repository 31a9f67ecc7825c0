// Types of the values that vitest.config.mjs provides to the browser specs.
/// <reference types="vite/client" />
import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether this project's pages are cross-origin isolated. */
    isolated: boolean;
    /** Seconds that the soak test plays */
    soakSeconds: number;
  }
}

// Vitest declares `commands` only with its own browser providers. This declaration replaces theirs.
declare module 'vitest/browser' {
  export const server: {
    /** Name of the engine that runs the spec */
    readonly browser: string;
  };
  export const commands: {
    /** Memory of all browser processes in megabytes, without mapped files */
    browserMegabytes(): Promise<number>;
  };
}
