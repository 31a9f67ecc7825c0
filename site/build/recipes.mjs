// What the site does with each recipe of the guide: run it by a file of site/recipes, or only show it.
import { existsSync, readFileSync } from 'node:fs';
import { ROOT } from './paths.mjs';

/** Finds the name of a recipe in its code. */
export const RECIPE_NAME = /export (?:async )?function (\w+)/;

/**
 * Recipes that do not run in a page of the site: why, in HTML, and the example that does.
 * @type {Readonly<Record<string, { why: string, example: string }>>}
 */
export const SHOWN_ONLY = {
  writeStems: { why: 'This one runs in Node.', example: 'examples/node-stems' },
  makeSeparator: {
    why: 'This one is for pages whose policy forbids <code>blob:</code>.',
    example: 'examples/strict-policy',
  },
  useSeparator: { why: 'This one is a hook for an app that is made with React.', example: 'examples/react' },
};

/** @param {string} name  of a recipe */
const fileOf = (name) => `${ROOT}site/recipes/${name}.js`;

/** Whether a recipe runs in the page. @param {string} name */
export const isRunnable = (name) => existsSync(fileOf(name));

/** What Run calls a recipe by. @param {string} name */
export function tryOf(name) {
  if (!isRunnable(name)) throw new Error(`The recipe ${name} has no site/recipes/${name}.js, and is not shown only.`);
  return readFileSync(fileOf(name), 'utf8');
}
