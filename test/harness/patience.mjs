// How long tests wait for what should happen at once. They end what hangs; a slow machine takes twenty times as long as
// others, and is no fault. Tests whose subject is a time bound have their own.

/** Milliseconds until a condition must be true */
export const PATIENCE = 60_000;
/** Milliseconds a test may take on a page of Vitest's. A page that is locked up is noticed only after twice that. */
export const SPEC_TIMEOUT = 90_000;
/** Milliseconds a test may take that opens whole pages */
export const PAGE_TIMEOUT = 240_000;
