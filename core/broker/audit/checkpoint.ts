import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../vocabulary/canonical.ts';
import { equalSecrets } from '../../vocabulary/digest.ts';
import { isJsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import type { AuditPosition } from './audit-log.ts';

/** No checkpoint is longer; more bytes are damage. */
export const MAX_CHECKPOINT_BYTES = 4096;

/** The checkpoint of an empty log. */
export const NOTHING: AuditPosition = { entry: 0, hash: '' };

const sign = (key: Uint8Array, { entry, hash }: AuditPosition): string =>
  createHmac('sha256', key)
    .update(canonicalJson({ entries: entry, last_hash: hash }))
    .digest('hex');

/** The checkpoint file: how many entries there are and the last one's hash, keyed (section 16). */
export const renderCheckpoint = (key: Uint8Array, position: AuditPosition): string => {
  const { entry, hash } = position;
  return JSON.stringify({ entries: entry, last_hash: hash, hmac: sign(key, position) });
};

/** The position that a checkpoint file states, or undefined unless the key made it. */
export const parseCheckpoint = (key: Uint8Array, text: string): AuditPosition | undefined => {
  const value = parseJson(text);
  if (value === undefined || !isJsonObject(value)) return undefined;
  const entry = ownValue(value, 'entries');
  const hash = ownValue(value, 'last_hash');
  const hmac = ownValue(value, 'hmac');
  if (typeof entry !== 'number' || !Number.isSafeInteger(entry) || entry < 0) return undefined;
  if (typeof hash !== 'string' || typeof hmac !== 'string') return undefined;
  return equalSecrets(hmac, sign(key, { entry, hash })) ? { entry, hash } : undefined;
};

const parseJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
