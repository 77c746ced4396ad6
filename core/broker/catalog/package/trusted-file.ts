import { AgentError } from '../../../vocabulary/errors.ts';
import type { Ownership, PackageFilePowers } from './package-file-powers.ts';

const MOST_BYTES = 1024 * 1024;
const MOST_ENTRIES = 256;

/** Reads what only the operator may have written. */
export interface TrustedFiles {
  /** Undefined where there is no such file. */
  readonly readText: (name: string) => Promise<string | undefined>;
  /** Names of the entries of a folder inside the store; `''` is the store itself. */
  readonly list: (folder: string) => Promise<readonly string[]>;
}

// Whoever can write here chooses whose word counts; whoever can write into the folder can also take the
// list of revocations away. So a link, a second name, another's file and one that others may write are
// refused, of the folder as of each file: as for the policy file.

/** @throws AgentError `trust_store` for anything that somebody but the operator may have written */
export const makeTrustedFiles = (powers: PackageFilePowers, store: string): TrustedFiles => {
  const demandOwn = (name: string, { mode, uid }: Ownership): void => {
    if (uid !== 0 && uid !== powers.ownUid) throw trustFault(name, 'belongs to another user');
    if ((mode & 0o022) !== 0) {
      throw trustFault(name, 'may be written by others (take the right away: `chmod go-w`)');
    }
  };
  const at = (name: string): string => (name === '' ? store : `${store}/${name}`);
  return Object.freeze<TrustedFiles>({
    readText: async (name) => {
      const reading = await powers.readFile(at(name), MOST_BYTES);
      switch (reading.kind) {
        case 'absent':
          return undefined;
        case 'unreadable':
          throw trustFault(name, `cannot be read (${reading.reason})`);
        case 'too_large':
          throw trustFault(name, `has more than ${MOST_BYTES} bytes`);
        case 'open':
          if (reading.links !== 1) throw trustFault(name, 'has more than one hard link');
          demandOwn(name, reading);
          return decode(name, reading.bytes);
      }
    },
    list: async (folder) => {
      const reading = await powers.listFolder(at(folder), MOST_ENTRIES);
      const name = `${folder}/`;
      if (reading.kind === 'absent') throw trustFault(name, 'does not exist');
      if (reading.kind === 'unreadable')
        throw trustFault(name, `cannot be read (${reading.reason})`);
      demandOwn(name, reading);
      if (reading.entries.length > MOST_ENTRIES) {
        throw trustFault(name, `has more than ${MOST_ENTRIES} entries`);
      }
      return reading.entries.map((entry) => entry.name);
    },
  });
};

/** A fault of the trust store: which file, and what is wrong with it. */
export const trustFault = (name: string, problem: string): AgentError =>
  new AgentError({ code: 'trust_store', message: `trust store: ${shown(name)} ${problem}` });

const shown = (name: string): string =>
  name === '/' ? 'the folder itself' : `\`${name.replace(/[^ -~]|`/g, '?').slice(0, 100)}\``;

const decode = (name: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw trustFault(name, 'is not UTF-8');
  }
};
