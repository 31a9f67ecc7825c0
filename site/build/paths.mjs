// Where the site is made from, and where it is written to.
import { fileURLToPath } from 'node:url';

/** The repository, with a slash at the end */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The built site, with a slash at the end */
export const DIST = `${ROOT}site/dist/`;
