/** Makes the elements below the code of a recipe. @param name  of the recipe, for readers that hear the buttons alone */
export function controlsOf(name: string) {
  const run = button('Run', `${name}-run`);
  const edit = button('Edit', `${name}-edit`);
  const reset = button('Reset', `${name}-reset`);
  for (const [element, verb] of [
    [edit, 'Edit'],
    [reset, 'Reset'],
  ] as const) {
    element.setAttribute('aria-label', `${verb} ${name}`);
  }
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

function button(text: string, id: string): HTMLButtonElement {
  return Object.assign(document.createElement('button'), { type: 'button', textContent: text, id });
}

function element(tag: 'p' | 'div', className: string): HTMLElement {
  return Object.assign(document.createElement(tag), { className });
}
