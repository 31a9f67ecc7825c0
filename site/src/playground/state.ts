/** What a recipe does, in its element's `data-state`, where styles and tests read it too */
export type RecipeState = 'idle' | 'starting' | 'running' | 'failed';

export function isAnyRunning(): boolean {
  return document.querySelector('.recipe:is([data-state="starting"], [data-state="running"])') !== null;
}
