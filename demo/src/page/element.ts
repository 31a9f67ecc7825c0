/** The element with this id. @throws {TypeError} when it is missing or of another class */
export function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new TypeError(`The page has no ${kind.name} #${id}.`);
}

/** The first match inside `parent`. @throws {TypeError} when it is missing or of another class */
export function within<Kind extends HTMLElement>(parent: ParentNode, selector: string, kind: new () => Kind): Kind {
  const found = parent.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`There is no ${kind.name} at ${selector}.`);
}
