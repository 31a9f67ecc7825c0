/** Makes an element with these properties and children. */
export function build<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A button that does something when it is clicked. */
export function buildButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = build('button', { type: 'button' }, text);
  button.addEventListener('click', onClick);
  return button;
}
