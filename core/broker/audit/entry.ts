import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../vocabulary/digest.ts';
import { sortedKeys } from './sorted-keys.ts';

/** The `prev_hash` of the first entry ever. */
export const GENESIS = '';
/** A longer line is damage: nothing that writes this log makes one. */
export const MAX_LINE_BYTES: number = 1024 * 1024;

/** One entry; `data` is the JSON text as it stands in the line. */
export interface Entry {
  readonly timestamp: string;
  readonly event: string;
  readonly data: string;
  readonly prevHash: string;
}

export type CheckedLine =
  | { readonly ok: true; readonly hash: string; readonly timestamp: string }
  | { readonly ok: false; readonly detail: string };

// The only shape that a line has. No field but `data` can hold a quote, so text inside `data` cannot
// pose as another field, and all is printable ASCII, so a line cannot hold a second one (attack 180).
const LINE =
  /^\{"timestamp":"([0-9T:.+-]{1,40})","event":"([A-Za-z0-9_.:-]{1,128})","data":(\{[ -~]*\}),"prev_hash":"((?:[0-9a-f]{64})?)","entry_hash":"([0-9a-f]{64})","algorithm":"hmac-sha256"\}$/;

/** HMAC-SHA256 over the canonical form of exactly {prev_hash, event, data, timestamp} (section 16). */
export const hashEntry = (key: Uint8Array, { data, event, prevHash, timestamp }: Entry): string =>
  createHmac('sha256', key)
    .update(
      `{"data":${data},"event":"${event}","prev_hash":"${prevHash}","timestamp":"${timestamp}"}`,
      'latin1',
    )
    .digest('hex');

/** The line of an entry, without its line break; keys in the contract's order. */
export const renderLine = (entry: Entry, hash: string): string =>
  `${renderBody(entry)}${renderEnd(entry.prevHash, hash)}`;

const renderBody = ({ timestamp, event, data }: Entry): string =>
  `{"timestamp":"${timestamp}","event":"${event}","data":${data}`;

/** What follows the data in a line. */
export const renderEnd = (prevHash: string, hash: string): string =>
  `,"prev_hash":"${prevHash}","entry_hash":"${hash}","algorithm":"hmac-sha256"}`;

// Everything in the line may be an attacker's who can write the file but does not hold the key. The
// bytes are authenticated as they stand, before anything parses them. Only where that fails the keys
// of `data` are sorted first: an earlier writer of this format kept them in insertion order.

/** Checks one line against the key and the hash of the entry before it. */
export const checkLine = (key: Uint8Array, line: string, prevHash: string | null): CheckedLine => {
  const match = LINE.exec(line);
  if (match === null) return { ok: false, detail: 'not an entry' };
  const [, timestamp = '', event = '', data = '', statedPrevious = '', hash = ''] = match;
  if (prevHash !== null && statedPrevious !== prevHash) {
    return { ok: false, detail: 'does not continue the entry before it' };
  }
  const entry: Entry = { timestamp, event, data, prevHash: statedPrevious };
  return equalSecrets(hashEntry(key, entry), hash) || hasSortedHash(key, entry, hash)
    ? { ok: true, hash, timestamp }
    : { ok: false, detail: 'hash mismatch' };
};

const hasSortedHash = (key: Uint8Array, entry: Entry, hash: string): boolean => {
  const data = sortedKeys(entry.data);
  return data !== undefined && equalSecrets(hashEntry(key, { ...entry, data }), hash);
};
