import type { Engine } from './launch.d.mts';

export const ENGINES: Engine[];

/** The engines this machine has. */
export function presentEngines(): Engine[];

/** The paths of an engine's programs, or nothing if one of them is missing. */
export function findEngine(engine: Engine): Record<string, string> | undefined;

/** The shell command that installs an engine. */
export function howToInstall(engine: Engine): string;

/** Arguments of `npx` that download Playwright's Chromium. */
export const PLAYWRIGHT_INSTALL: string[];
