import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** A Markdown file of this repository. */
export interface Document {
  /** From the package root. */
  readonly path: string;
  readonly text: string;
}

export const documents: readonly Document[] = globSync('**/*.md', {
  cwd: PACKAGE_ROOT,
  exclude: (path) => /(^|\/)(node_modules|dist|\.git)$/.test(path),
})
  .sort()
  .map((path) => ({ path, text: readFileSync(join(PACKAGE_ROOT, path), 'utf8') }));

export const documentAt = (path: string): string =>
  documents.find((document) => document.path === path)?.text ?? '';

/** The part of a document under one heading, up to the next heading of the same or a higher level. */
export const section = (text: string, heading: string): string => {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  const depth = heading.indexOf(' ');
  const rest = start === -1 ? [] : lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= depth);
  return (end === -1 ? rest : rest.slice(0, end)).join('\n');
};

/** The rows of every table whose heading has all these columns, by column name. */
export const tableRows = (
  text: string,
  ...columns: readonly string[]
): readonly ReadonlyMap<string, string>[] => {
  const rows: ReadonlyMap<string, string>[] = [];
  let head: readonly string[] | undefined;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) {
      head = undefined;
    } else if (head === undefined) {
      head = cellsOf(line);
    } else if (!/^[|\s-]+$/.test(line) && columns.every((name) => head?.includes(name))) {
      const cells = cellsOf(line);
      rows.push(new Map(head.map((name, place) => [name, cells[place] ?? ''])));
    }
  }
  return rows;
};

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());
