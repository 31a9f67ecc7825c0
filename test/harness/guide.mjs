// Extracts the recipes of docs/guide.md as modules, so that the tests compile and run exactly the printed code.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';

const GUIDE = fileURLToPath(new URL('../../docs/guide.md', import.meta.url));
const PREFIX = 'virtual:guide/';

/**
 * The code of each recipe in docs/guide.md, by the name of the function it exports.
 * @returns {Map<string, string>}
 */
export function recipes() {
  const blocks = readFileSync(GUIDE, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm);
  return new Map([...blocks].map(([, code]) => [/export (?:async )?function (\w+)/.exec(code)?.[1] ?? '', code]));
}

/** The code of the recipe for hot reloading, which is a whole module. */
export const hotReload = () =>
  /^## Hot reload\n[\s\S]*?^```js\n([\s\S]*?)^```/m.exec(readFileSync(GUIDE, 'utf8'))?.[1] ?? '';

/** The code of a recipe as JavaScript. @param {string} name */
export function compiledRecipe(name) {
  const code = recipes().get(name);
  if (code === undefined) throw new Error(`docs/guide.md has no recipe ${name}`);
  const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  return typescript.transpileModule(code, { compilerOptions }).outputText;
}

/**
 * A Vite plugin that serves each recipe as the module `virtual:guide/<name>`.
 * @returns {import('vite').Plugin}
 */
export function guide() {
  return {
    name: 'guide',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      return compiledRecipe(id.slice(PREFIX.length + 1));
    },
  };
}
