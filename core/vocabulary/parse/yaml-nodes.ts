import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';

/** What is wrong, and at which offset of the text. */
export interface YamlProblem {
  readonly problem: string;
  readonly offset: number;
}

type Checked =
  | { readonly ok: true; readonly value: unknown }
  | ({ readonly ok: false } & YamlProblem);

const MOST_NESTING = 32;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Turns the nodes of a parsed document into plain data, or names the first that may not be there. */
export const checkNodes = (node: ParsedNode | null, depth = 0): Checked => {
  if (node === null) return { ok: true, value: null };
  const problem = forbiddenNode(node, depth);
  if (problem !== undefined) return { ok: false, problem, offset: node.range[0] };
  if (isMap(node)) return checkMap(node, depth);
  if (isSeq(node)) {
    const values: unknown[] = [];
    for (const item of node.items) {
      const checked = checkNodes(item, depth + 1);
      if (!checked.ok) return checked;
      values.push(checked.value);
    }
    return { ok: true, value: values };
  }
  return isScalar(node)
    ? { ok: true, value: node.value }
    : { ok: false, problem: 'an unknown kind of node', offset: node.range[0] };
};

type ParsedMap = Extract<ParsedNode, { items: { key: unknown }[] }>;

const checkMap = (node: ParsedMap, depth: number): Checked => {
  const record: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.items) {
    const offset = key.range[0];
    const text = checkNodes(key, depth + 1);
    if (!text.ok) return text;
    const name = text.value;
    if (typeof name !== 'string') return { ok: false, problem: 'a key that is no string', offset };
    if (name === '<<') return { ok: false, problem: 'a merge key', offset };
    if (Object.hasOwn(record, name)) {
      return { ok: false, problem: `key \`${name.slice(0, 64)}\` stands here twice`, offset };
    }
    const checked = checkNodes(value, depth + 1);
    if (!checked.ok) return checked;
    record[name] = checked.value;
  }
  return { ok: true, value: record };
};

const forbiddenNode = (node: ParsedNode, depth: number): string | undefined => {
  if (depth > MOST_NESTING) return `nested deeper than ${MOST_NESTING}`;
  if (isAlias(node)) return 'an alias: write the value out';
  if (node.anchor !== undefined) return 'an anchor: write the value out where it is used';
  if (node.tag !== undefined) return 'a tag: quote the value if a string is meant';
  if (!isScalar(node)) return undefined;
  const { value, source = '' } = node;
  // Readers of YAML 1.1 take these words for true and false, and `010` for eight: nobody shall read another
  // document than we do.
  if (node.type === 'PLAIN' && /^(?:yes|no|on|off)$/i.test(source)) {
    return 'a word that other readers take for true or false: quote it';
  }
  if (typeof value !== 'number') return undefined;
  // The parser rounds what a double cannot hold, without a word.
  if (!Number.isFinite(value)) return 'a number that is not finite';
  if (!JSON_NUMBER.test(source)) return 'a number that is not written in plain decimal';
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? 'a number beyond the exact integers'
    : undefined;
};
