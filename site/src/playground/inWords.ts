/** What the compiler puts behind a message: line and column */
const POSITION = / \((\d+):\d+\)$/;

/**
 * An error as the reader is told of it, with the line of the recipe wherever it is known.
 * @param url  of the recipe's module, empty where there is none
 */
export function inWords(error: unknown, url: string): string {
  if (!(error instanceof Error || error instanceof DOMException)) return `The recipe has thrown ${shown(error)}.`;
  const message = error.message.replace(/^Error transforming \S+: /, '');
  const line = POSITION.exec(message)?.[1] ?? lineIn(error.stack, url);
  const words = message ? `${nameOf(error)}${message.replace(POSITION, '')}` : error.name;
  return line ? `Line ${line}: ${words}` : words;
}

/** What is thrown can be anything. @returns it as code, where that can be written */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** `Error` alone says nothing. */
const nameOf = ({ name }: Error) => (name === 'Error' ? '' : `${name}: `);

/** The line of the module that a stack names first */
function lineIn(stack: string | undefined, url: string): string | undefined {
  const place = url ? stack?.split(url)[1] : undefined;
  return /^:(\d+)/.exec(place ?? '')?.[1];
}
