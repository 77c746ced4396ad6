import { canonicalJson } from '../../../vocabulary/canonical.ts';
import type { JsonValue } from '../../../vocabulary/json.ts';

/** What of a manifest can change. */
export type Changed =
  | 'id'
  | 'version'
  | 'text'
  | 'inference'
  | 'requested-tool'
  | 'host'
  | 'method'
  | 'entry'
  | 'capability'
  | 'schema'
  | 'reversibility'
  | 'idempotency'
  | 'profile'
  | 'limit'
  | 'hint'
  | 'example';

/** `widens`: a person must agree. `narrows`: less than before. `changes`: neither. */
export type ChangeKind = 'widens' | 'narrows' | 'changes';

/** One difference between two manifests. */
export interface ManifestChange {
  /** Where, in the manifest that has it: the later one, unless it is gone. */
  readonly pointer: string;
  readonly kind: ChangeKind;
  readonly what: Changed;
  /** Null where there was nothing, or is nothing any more. */
  readonly before: JsonValue;
  readonly after: JsonValue;
}

export const sameJson = (a: JsonValue, b: JsonValue): boolean =>
  canonicalJson(a) === canonicalJson(b);

/** Two values that differ, as a change; none where they do not. */
export const changeOf = (
  pointer: string,
  what: Changed,
  [before, after]: readonly [JsonValue, JsonValue],
  kind: ChangeKind,
): readonly ManifestChange[] =>
  sameJson(before, after) ? [] : [{ pointer, kind, what, before, after }];

/** Names that came and went: what comes widens, what goes narrows. */
export const nameChanges = (
  pointer: string,
  what: Changed,
  before: readonly string[],
  after: readonly string[],
): readonly ManifestChange[] => [
  ...after
    .filter((name) => !before.includes(name))
    .map((name) => ({ pointer, kind: 'widens', what, before: null, after: name }) as const),
  ...before
    .filter((name) => !after.includes(name))
    .map((name) => ({ pointer, kind: 'narrows', what, before: name, after: null }) as const),
];
