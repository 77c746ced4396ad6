import { trimLikePython } from '../http/python-text.ts';
import type { SecretSource } from './config.ts';

/** What an open file turned out to be; the bytes only where it is regular and small. */
export type SecretFileRead =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | {
      readonly kind: 'open';
      readonly regular: boolean;
      readonly links: number;
      readonly mode: number;
      readonly uid: number;
      readonly size: number;
      readonly bytes: Uint8Array;
    };

export interface SecretFilePower {
  /** Opens without following a link and without waiting, and reads at most `most` bytes. */
  readonly read: (path: string, most: number) => SecretFileRead;
  readonly ownUid: number;
}

export type Secret =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      /** True where there is no file at all. */
      readonly absent: boolean;
      /** Names the variable, the file and the fault; never the content. */
      readonly problem: string;
    };

type Kind = 'token' | 'key';

const LEAST: Readonly<Record<Kind, number>> = { token: 16, key: 32 };
const MOST = 4096;

/**
 * A token or key as it lies on disk now. Someone who can write in its folder may have put a link, a FIFO or
 * a file of their own there, and someone who can write into it can choose the secret: so no link is
 * followed, nothing is waited for, and type, links, owner, mode and size are those of the open file
 * (wire contract section 5). A key is besides no one else's to read; a token may be, as it was before.
 */
export const readSecretFile = (
  source: SecretSource | null,
  kind: Kind,
  variable: string,
  power: SecretFilePower,
): Secret => {
  if (source === null) return fault(true, `\`${variable}\` is not set`);
  const named = `\`${source.variable}\` names \`${source.path}\``;
  const file = power.read(source.path, MOST + 1);
  switch (file.kind) {
    case 'absent':
      return fault(true, `${named}, which does not exist`);
    case 'unreadable':
      return fault(false, `${named}, which cannot be read (${file.reason})`);
    case 'open': {
      const problem = problemOf(file, kind, power.ownUid);
      if (problem !== undefined) return fault(false, `${named}, ${problem}`);
      return { ok: true, bytes: file.bytes };
    }
  }
};

const problemOf = (
  file: SecretFileRead & { kind: 'open' },
  kind: Kind,
  ownUid: number,
): string | undefined => {
  if (!file.regular) return 'which is not a regular file';
  if (file.links !== 1) return 'which has more than one hard link';
  if (file.uid !== 0 && file.uid !== ownUid) return 'which belongs to another user';
  if ((file.mode & 0o022) !== 0) return 'which others may write (mode must be at most 0640)';
  if (kind === 'key' && (file.mode & 0o007) !== 0)
    return 'which everyone may read (mode must be at most 0640)';
  const size = file.bytes.length;
  if (size !== file.size || size < LEAST[kind] || size > MOST)
    return `which does not have ${LEAST[kind]} to ${MOST} bytes`;
  return undefined;
};

/** A token of a file's bytes: UTF-8, trimmed, 16 to 4096 characters; undefined for anything else. */
export const tokenOf = (bytes: Uint8Array): string | undefined => {
  try {
    const text = trimLikePython(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return text.length >= LEAST.token && text.length <= MOST ? text : undefined;
  } catch {
    return undefined;
  }
};

const fault = (absent: boolean, problem: string): Secret => ({ ok: false, absent, problem });
