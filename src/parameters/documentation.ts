import type { Parameter, ParameterTable } from './defineParameters.ts';

/**
 * Writes documentation from tables of parameters: the option interfaces that users see, and the README's tables. Runs when
 * `npm run parameters` is called, and in the test that compares the result with what is committed; never in the package.
 */

/** What a table cannot know of an option: words. */
export interface Description {
  /** What it is, in a few words without a full stop; the range follows it. */
  readonly text: string;
  /** What else there is to know, likewise; it follows the range. */
  readonly note?: string;
  /** The default in words, where the table has none. */
  readonly standard?: string;
  /** A named type, instead of the one spelled out. */
  readonly type?: string;
}

export type Descriptions<Table extends ParameterTable> = Readonly<Record<keyof Table & string, Description>>;

export interface InterfaceOptions<Table extends ParameterTable> {
  readonly name: string;
  readonly text: string;
  readonly table: Table;
  readonly descriptions: Descriptions<Table>;
  /** The members, in this order; all of the table by default. */
  readonly members?: readonly (keyof Table & string)[];
  readonly extended?: readonly string[];
}

const LINE_LENGTH = 120;

/** A TypeScript interface whose members are documented. */
export function interfaceSource<Table extends ParameterTable>(options: InterfaceOptions<Table>): string {
  const { name, text, table, descriptions, members = Object.keys(table), extended = [] } = options;
  const heritage = extended.length > 0 ? ` extends ${extended.join(', ')}` : '';
  const body = members.map((member) => {
    const description = descriptions[member];
    const comment = commentOf(sentenceOf(table[member], description), '  ');
    return `${comment}\n  ${member}?: ${description.type ?? table[member].type} | undefined;`;
  });
  return `${commentOf(text, '')}\nexport interface ${name}${heritage} {\n${body.join('\n')}\n}\n`;
}

/** The rows of a table in Markdown: option, what it is, default. */
export function markdownTable<Table extends ParameterTable>(table: Table, descriptions: Descriptions<Table>): string {
  const rows = Object.entries(table).map(([name, parameter]) => {
    const description = descriptions[name];
    const range = rangeOf(parameter) || choicesOf(parameter);
    const text = `${description.text}${range && `: ${range}`}${description.note ? `; ${description.note}` : ''}`;
    return [`\`${name}\``, text.replaceAll('|', '\\|'), standardOf(parameter, description) ?? ''];
  });
  return tableOf([['option', '', 'default'], ...rows]);
}

/** A Markdown table with columns of even width. @param rows  the first is the head */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => padded(cell, widths[i])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}

function sentenceOf(parameter: Parameter, description: Description): string {
  const range = rangeOf(parameter);
  const standard = standardOf(parameter, description);
  const sentences = [
    `${description.text}${range && `: ${range}`}${description.note ? `; ${description.note}` : ''}`,
    ...(standard ? [`Default: ${standard}`] : []),
  ];
  return sentences.map((sentence) => `${sentence}.`).join(' ');
}

function rangeOf({ range, unit }: Parameter): string {
  return range && unit ? `${range} ${unit}` : range;
}

/** The words that an option may be, spelled out. */
function choicesOf({ type }: Parameter): string {
  return /^'[^|]*'( \| '[^|]*')*$/.test(type)
    ? type
        .split(' | ')
        .map((word) => `\`${word}\``)
        .join(', ')
    : '';
}

function standardOf({ standard }: Parameter, description: Description): string | undefined {
  if (description.standard !== undefined) return description.standard;
  return typeof standard === 'string' ? `\`'${standard}'\`` : standard === undefined ? undefined : String(standard);
}

/** A JSDoc comment, on one line where it fits. */
function commentOf(text: string, indent: string): string {
  const single = `${indent}/** ${text} */`;
  if (single.length <= LINE_LENGTH) return single;
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (`${indent} * ${current} ${word}`.length > LINE_LENGTH) {
      lines.push(current);
      current = word;
    } else current = current ? `${current} ${word}` : word;
  }
  return [`${indent}/**`, ...[...lines, current].map((line) => `${indent} * ${line}`), `${indent} */`].join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - [...text].length);
}
