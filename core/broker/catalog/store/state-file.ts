import { createHmac } from 'node:crypto';
import schema from '../../../../schemas/plugin-state.schema.json' with { type: 'json' };
import { canonicalJson } from '../../../vocabulary/canonical.ts';
import { equalSecrets } from '../../../vocabulary/digest.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import {
  type PluginId,
  parsePluginId,
  parseSha256,
  type Sha256Hex,
} from '../../../vocabulary/ids.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownValue,
} from '../../../vocabulary/json.ts';
import { makeValidator } from '../../../vocabulary/parse/ajv.ts';
import type { SubKey } from '../../grant/derive-key.ts';
import type { TrustState } from '../catalog.ts';
import type { PluginRecord, PluginState } from './plugin-record.ts';

// Domain separation: the two files are under one key, and neither passes for the other.
const STATE = 'secai/catalog/state/v1';
const SEQUENCE = 'secai/catalog/sequence/v1';

type CatalogKey = SubKey<'catalog'>;

/** The bytes of the state file: what it says, and a MAC over its canonical form. */
export const encodeState = (state: PluginState, key: CatalogKey): Uint8Array =>
  encode(STATE, toFile(state), key);

/** The last change, as the file beside the task store knows it. */
export interface LastChange {
  /** How many changes there were. */
  readonly sequence: number;
  /** Of the bytes of the state file: two changes of one number, the first of which failed half way, are two. */
  readonly state: Sha256Hex;
}

/** The bytes of the file beside the task store. */
export const encodeLastChange = ({ sequence, state }: LastChange, key: CatalogKey): Uint8Array =>
  encode(SEQUENCE, { sequence, state }, key);

/** @throws AgentError `store_unavailable` for what this agent did not write */
export const decodeState = (bytes: Uint8Array, key: CatalogKey): PluginState => {
  const checked = check(decode(STATE, bytes, key, 'state file'));
  if (!checked.ok) throw damaged('state file', 'was written by another version of the agent');
  return fromFile(checked.value);
};

/** @throws AgentError `store_unavailable` for what this agent did not write */
export const decodeLastChange = (bytes: Uint8Array, key: CatalogKey): LastChange => {
  const body = decode(SEQUENCE, bytes, key, 'sequence file');
  const sequence = ownValue(body, 'sequence');
  const state = parseSha256(ownValue(body, 'state'));
  if (typeof sequence === 'number' && state !== undefined) return { sequence, state };
  throw damaged('sequence file', 'was written by another version of the agent');
};

/** The refusal of a plugin folder that is not as the agent left it. */
export const damaged = (what: string, problem: string): AgentError =>
  new AgentError({
    code: 'store_unavailable',
    message: `the ${what} of the installed plugins ${problem}`,
    remedy:
      'restore AGENT_PLUGIN_DIR and `plugins.sequence` beside the task store from one backup; or move both aside, start, and install the plugins again',
  });

const encode = (domain: string, body: JsonObject, key: CatalogKey): Uint8Array =>
  Buffer.from(`${JSON.stringify({ body, mac: macOf(domain, body, key) })}\n`);

// Whoever can write in the folder chooses these bytes; nothing in them is believed before the MAC holds.
const decode = (domain: string, bytes: Uint8Array, key: CatalogKey, what: string): JsonObject => {
  const outer = parse(bytes);
  const body = isJsonObject(outer) ? ownValue(outer, 'body') : undefined;
  const mac = isJsonObject(outer) ? ownValue(outer, 'mac') : undefined;
  if (
    isJsonObject(body) &&
    typeof mac === 'string' &&
    equalSecrets(mac, macOf(domain, body, key))
  ) {
    return body;
  }
  throw damaged(what, 'was changed, or belongs to another signing key');
};

const parse = (bytes: Uint8Array): JsonValue => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
};

const macOf = (domain: string, body: JsonObject, key: CatalogKey): string =>
  createHmac('sha256', key).update(`${domain}\n`).update(canonicalJson(body)).digest('hex');

interface StateFile {
  readonly sequence: number;
  readonly records: readonly RecordFile[];
  readonly suspended_shipped: readonly string[];
}

interface RecordFile {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly state: TrustState;
  readonly steps: readonly string[];
  readonly tools: readonly string[];
  readonly difference: JsonObject | null;
  readonly difference_digest: string | null;
  readonly reason: string | null;
}

const check = makeValidator<StateFile>(schema);

const toFile = ({ sequence, records, suspendedShipped }: PluginState): JsonObject => ({
  sequence,
  records: records.map(({ differenceDigest, ...record }) => ({
    ...record,
    difference_digest: differenceDigest,
  })),
  suspended_shipped: suspendedShipped,
});

const fromFile = ({ sequence, records, suspended_shipped }: StateFile): PluginState => ({
  sequence,
  records: records.map(
    ({ id, digest, difference_digest, ...record }): PluginRecord => ({
      ...record,
      id: pluginId(id),
      digest: sha256Hex(digest),
      differenceDigest: difference_digest === null ? null : sha256Hex(difference_digest),
    }),
  ),
  suspendedShipped: suspended_shipped.map(pluginId),
});

const pluginId = (text: string): PluginId => {
  const id = parsePluginId(text);
  if (id === undefined) throw damaged('state file', 'names no plugin');
  return id;
};

const sha256Hex = (text: string): Sha256Hex => {
  const digest = parseSha256(text);
  if (digest === undefined) throw damaged('state file', 'names no digest');
  return digest;
};
