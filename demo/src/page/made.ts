/** A new element with these properties and children. */
export function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A button that does something when it is clicked. */
export function madeButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = made('button', { type: 'button' }, text);
  button.addEventListener('click', onClick);
  return button;
}
