import { canonicalJson } from '../../../vocabulary/canonical.ts';
import type { JsonValue } from '../../../vocabulary/json.ts';
import { readYaml, type YamlReading } from '../../../vocabulary/parse/yaml.ts';

/** A manifest is small: what is larger is refused before a parser sees it. */
export const MOST_MANIFEST_BYTES = 65_536;

/** Reads the text of a manifest, YAML or JSON, into plain data that knows its places. */
export const readDocument = (text: string, file: string): YamlReading => {
  const reading = readYaml(text, { maxBytes: MOST_MANIFEST_BYTES });
  const claimsJson = file.endsWith('.json') || text.trimStart().startsWith('{');
  if (!reading.ok || !claimsJson) return reading;
  // A text in braces is JSON to one reader and YAML to another, and a stranger chose it. It is taken only
  // where both read the same: no comment, no comma at the end, no bare word, no key twice (attack 141).
  const same = sameAsJson(text, reading.value);
  return same ? reading : { ok: false, problem: NOT_JSON, ...reading.locate([], 'value') };
};

const NOT_JSON =
  'in braces and not JSON: comments, commas at the end and bare words are not allowed';

const sameAsJson = (text: string, value: unknown): boolean => {
  try {
    return canonicalJson(JSON.parse(text)) === canonicalJson(value as JsonValue);
  } catch {
    return false;
  }
};
