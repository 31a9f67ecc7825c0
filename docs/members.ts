import { readFileSync } from 'node:fs';
import typescript from 'typescript';
import { tableOf } from '../src/parameters/documentation.ts';

/** The README's table of members: name, and the first sentence of what its documentation says. */
export function membersTable(): string {
  const file = 'src/node/NMFSeparatorNode.ts';
  const source = typescript.createSourceFile(file, readFileSync(file, 'utf8'), typescript.ScriptTarget.Latest, true);
  const rows = source.statements
    .filter(typescript.isInterfaceDeclaration)
    .find(({ name }) => name.text === 'NMFSeparatorNode')!
    .members.map((member) => [`\`${nameOf(member, source)}\``, firstSentenceOf(member)])
    .filter(([, sentence]) => sentence !== '');
  return tableOf([['member', ''], ...rows]);
}

/** With the arguments of a method. */
function nameOf(member: typescript.TypeElement, source: typescript.SourceFile): string {
  const name = member.name!.getText(source);
  if (!typescript.isMethodSignature(member)) return name;
  const names = member.parameters.map(
    (parameter) => parameter.name.getText(source) + (parameter.questionToken ? '?' : ''),
  );
  return `${name}(${names.join(', ')})`;
}

/** Up to the first full stop or colon that ends a thought; a member without documentation of its own has none. */
function firstSentenceOf(member: typescript.TypeElement): string {
  const [documentation] = typescript.getJSDocCommentsAndTags(member);
  const text = typescript.getTextOfJSDocComment(documentation?.comment) ?? '';
  return /^.*?[^.](?=\.(\s|$))|^.+/s.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? '';
}
