import type { Plugin } from 'vite';

/** Every recipe of docs/guide.md by the name of the function that it exports. */
export function recipes(): Map<string, string>;

/** Gives each recipe as the module `virtual:guide/<name>`. */
export function guide(): Plugin;
