// How long tests wait for what should happen at once. They end what hangs; a slow machine takes twenty times as long as
// others, and is no fault. Tests whose subject is a time bound have their own.

/** Milliseconds a test may take that opens whole pages */
export const PAGE_TIMEOUT = 240_000;
/** Milliseconds until a condition must be true in such a test */
export const PATIENCE = 60_000;
/** The same for tests inside Vitest's page: shorter, because a page that is locked up is only noticed after this. */
export const SPEC_TIMEOUT = 60_000;
export const SPEC_PATIENCE = 30_000;
