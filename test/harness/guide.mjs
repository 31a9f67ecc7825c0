// Extracts the recipes of docs/guide.md as modules, so that the tests compile and run exactly the printed code.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';

const GUIDE = fileURLToPath(new URL('../../docs/guide.md', import.meta.url));
const PREFIX = 'virtual:guide/';

export const guideText = () => readFileSync(GUIDE, 'utf8');

/** What stands in all fences of docs/guide.md, in order. @returns {{ language: string, code: string }[]} */
export function printed() {
  const fences = guideText().matchAll(/^```(\w*)\n([\s\S]*?)^```/gm);
  return [...fences].map(([, language, code]) => ({ language, code }));
}

/** @param {string} language  of what the guide prints in it */
export const printedIn = (language) =>
  printed()
    .filter((block) => block.language === language)
    .map(({ code }) => code);

/**
 * The code of each recipe in docs/guide.md, by the name of the function it exports.
 * @returns {Map<string, string>}
 */
export function recipes() {
  return new Map(printedIn('ts').map((code) => [/export (?:async )?function (\w+)/.exec(code)?.[1] ?? '', code]));
}

/** What the guide prints in JavaScript: a live node in Node, and a module that is reloaded. Both are whole modules. */
export const [liveInNode, hotReload] = printedIn('js');

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
