import { hashEntry, renderEnd } from './entry.ts';

const BODY =
  /^\{"timestamp":"([0-9T:.+-]{1,40})","event":"([A-Za-z0-9_.:-]{1,128})","data":(\{[ -~]*\})$/;

export interface CompletedLine {
  /** The whole line without its line break. */
  readonly line: string;
  readonly hash: string;
  readonly timestamp: string;
}

/**
 * The entry that a torn line was, where that can be proved: its data are all there, and either its own
 * hash is too or the keyed checkpoint names the hash. Undefined for every other torn line.
 */
export const completeLine = (
  key: Uint8Array,
  torn: string,
  prevHash: string,
  checkpointHash: string,
): CompletedLine | undefined => {
  const bodyEnd = torn.lastIndexOf(',"prev_hash":"');
  const match = bodyEnd === -1 ? null : BODY.exec(torn.slice(0, bodyEnd));
  if (match === null) return undefined;
  const [body, timestamp = '', event = '', data = ''] = match;
  const hash = hashEntry(key, { timestamp, event, data, prevHash });
  const line = `${body}${renderEnd(prevHash, hash)}`;
  const proved = hash === checkpointHash || torn.includes(`"entry_hash":"${hash}"`, bodyEnd);
  return proved && line.startsWith(torn) ? { line, hash, timestamp } : undefined;
};
