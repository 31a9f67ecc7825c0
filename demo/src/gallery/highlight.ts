/** What is told apart in the code, in the order of the groups of `TOKENS`. */
const KINDS = ['comment', 'string', 'keyword', 'number'] as const;
const TOKENS =
  /(\/\*[\s\S]*?\*\/|\/\/[^\n]*)|('[^'\n]*'|`[^`]*`)|\b(async|await|const|export|for|from|function|if|import|let|new|of|return|throw)\b|\b(\d[\d_.]*)\b/g;

/** JavaScript in pieces: plain text, and spans of the classes `code-comment`, `code-string`, `code-keyword`, `code-number`. */
export function highlight(code: string): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    pieces.push(code.slice(end, match.index));
    const span = document.createElement('span');
    span.className = `code-${KINDS[match.slice(1).findIndex((group) => group !== undefined)]}`;
    span.textContent = match[0];
    pieces.push(span);
    end = match.index + match[0].length;
  }
  return [...pieces, code.slice(end)];
}
