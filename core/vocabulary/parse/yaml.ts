import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import { checkNodes, type YamlProblem } from './yaml-nodes.ts';

/** Where in a document something stands: keys and indexes from its root. */
export type DocumentPath = readonly (string | number)[];

/** A place in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type YamlReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where a key or a value stands; of a path that leads nowhere, the last part that exists. */
      readonly locate: (path: DocumentPath, what: 'key' | 'value') => Position;
    }
  | ({ readonly ok: false; readonly problem: string } & Position);

/**
 * Reads one YAML document of the core schema into plain data: objects without a prototype, no key twice,
 * every number exact. Whatever lets a document mean more than it shows is refused with its place:
 * anchors, aliases, tags, merge keys, directives, a second document, tabs (attacks 139, 140).
 */
export const readYaml = (
  text: string,
  { maxBytes }: { readonly maxBytes: number },
): YamlReading => {
  // The text is written by whoever wrote the plugin or the policy. Its size is refused before a parser
  // sees it; the parser's own check for double keys is quadratic, so ours replaces it.
  if (Buffer.byteLength(text) > maxBytes) {
    return { ok: false, problem: `more than ${maxBytes} bytes`, line: 1, column: 1 };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: false,
    stringKeys: true,
    merge: false,
    customTags: [],
    resolveKnownTags: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'error',
  });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refuse = ({ problem, offset }: YamlProblem): YamlReading => ({
    ok: false,
    problem,
    ...place(offset),
  });

  const early = forbiddenText(text) ?? parserProblem(document);
  if (early !== undefined) return refuse(early);
  const checked = checkNodes(document.contents);
  if (!checked.ok) return refuse(checked);
  return {
    ok: true,
    value: checked.value,
    locate: (path, what) => place(offsetOf(document.contents, path, what)),
  };
};

const forbiddenText = (text: string): YamlProblem | undefined => {
  const tab = text.indexOf('\t');
  if (tab >= 0) return { problem: 'a tab: use spaces', offset: tab };
  const directive = text.search(/^%/m);
  return directive < 0
    ? undefined
    : { problem: 'a directive: remove this line', offset: directive };
};

const parserProblem = (document: Document.Parsed<ParsedNode>): YamlProblem | undefined => {
  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first === undefined) return undefined;
  const [line = ''] = first.message.split('\n');
  return { problem: line.charAt(0).toLowerCase() + line.slice(1), offset: first.pos[0] };
};

const offsetOf = (root: ParsedNode | null, path: DocumentPath, what: 'key' | 'value'): number => {
  let node = root;
  let offset = root?.range[0] ?? 0;
  for (const [depth, segment] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(segment),
      );
      if (pair === undefined) return offset;
      const key = pair.key.range[0];
      node = pair.value;
      offset = isLast && what === 'key' ? key : (node?.range[0] ?? key);
    } else if (isSeq(node)) {
      const item: ParsedNode | undefined = node.items[Number(segment)];
      if (item === undefined || isAlias(item)) return offset;
      node = item;
      offset = item.range[0];
    } else return offset;
  }
  return offset;
};
