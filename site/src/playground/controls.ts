/** Makes the elements below the code of a recipe. */
export function controlsOf(name: string) {
  const run = button('Run', name);
  const edit = button('Edit', name);
  const reset = button('Reset', name);
  run.classList.add('primary');
  reset.hidden = true;
  const level = Object.assign(document.createElement('meter'), { max: 1, hidden: true });
  level.setAttribute('aria-label', 'Level of what is heard');
  const status = element('p', 'recipe-status');
  status.role = 'status';
  const error = element('p', 'recipe-error');
  error.role = 'alert';
  const stage = element('div', 'recipe-stage');
  const editing = element('div', 'recipe-editor');
  editing.hidden = true;
  const bar = element('div', 'recipe-bar');
  bar.append(run, edit, reset, level, status);
  const panel = element('div', 'recipe-panel');
  panel.append(editing, bar, stage, error);
  return { panel, run, edit, reset, level, status, error, stage, editing };
}

/** For readers that hear the buttons alone, the recipe is a part of the name. */
export function nameButton(element: HTMLButtonElement, verb: string, recipe: string): void {
  element.textContent = verb;
  element.setAttribute('aria-label', `${verb} ${recipe}`);
}

function button(verb: string, recipe: string): HTMLButtonElement {
  const element = document.createElement('button');
  Object.assign(element, { type: 'button', id: `${recipe}-${verb.toLowerCase()}` });
  nameButton(element, verb, recipe);
  return element;
}

function element(tag: 'p' | 'div', className: string): HTMLElement {
  return Object.assign(document.createElement(tag), { className });
}
