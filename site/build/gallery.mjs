// The demo's visualizers, as the gallery page shows them.
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './paths.mjs';

const FOLDER = `${ROOT}demo/gallery/`;

/** Every visualizer by its file: what its first line says of it, and its code. */
export function visualizers() {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.js'));
  return files.map((file) => {
    const code = readFileSync(FOLDER + file, 'utf8');
    const [, title, about] = /^\/\/ (\w+): (.+)$/m.exec(code) ?? [];
    if (!title || !about) throw new Error(`demo/gallery/${file} does not begin with "// Title: what it shows".`);
    return { file, title, about: about[0].toUpperCase() + about.slice(1), code: code.trimEnd() };
  });
}
