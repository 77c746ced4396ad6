import { AgentError } from '../../../vocabulary/errors.ts';
import { checkPackageFiles, mostBytes, PACKAGE_LIMITS } from './check-package-files.ts';
import type { PackageFilePowers } from './package-file-powers.ts';
import { kindOfPath, shownPath } from './package-path.ts';
import type { PackageFiles } from './plugin-package.ts';

const MOST_ENTRIES = 256;
const FOLDERS = /^(?:docs(?:\/[a-zA-Z0-9][a-zA-Z0-9._-]*){0,2}|verdicts)$/;

/** What to do about an entry that no package has: a package folder has none, a source folder many. */
export type Strangers = 'refuse' | 'pass over';

type Reader = Pick<PackageFilePowers, 'listFolder' | 'readFile'>;

/**
 * Every file of a package folder, each read once.
 * @throws AgentError `package_invalid`, with the file
 */
export const readPackageFolder = async (
  path: string,
  powers: Reader,
  strangers: Strangers = 'refuse',
): Promise<PackageFiles> => {
  // Whoever made the folder may have put links to other files, devices, FIFOs and a million entries into it,
  // and may go on changing it. Kinds are taken from the entry itself, files are opened without following a
  // link and judged as opened, and numbers and sizes are capped before anything is read. A folder that is
  // swapped meanwhile gives other bytes, and those are not the bytes that were signed (attack 143).
  const files = new Map<string, Uint8Array>();
  const budget = { entries: MOST_ENTRIES, bytes: PACKAGE_LIMITS.bytes };

  const readFile = async (name: string): Promise<void> => {
    const kind = kindOfPath(name);
    if (kind === undefined) {
      if (strangers === 'pass over' && !name.includes('/')) return;
      throw refusal(`${shownPath(name)} does not belong in a package`);
    }
    const most =
      kind === 'file' ? Math.min(mostBytes(name, kind), budget.bytes) : mostBytes(name, kind);
    const reading = await powers.readFile(`${path}/${name}`, most);
    switch (reading.kind) {
      case 'absent':
        throw refusal(`${shownPath(name)} is gone`);
      case 'unreadable':
        throw refusal(`${shownPath(name)} cannot be read (${reading.reason})`);
      case 'too_large':
        throw refusal(`${shownPath(name)} has more than ${most} bytes, or the package has`);
      case 'open':
        if (reading.links !== 1) throw refusal(`${shownPath(name)} has more than one hard link`);
        if (kind === 'file') budget.bytes -= reading.bytes.length;
        files.set(name, reading.bytes);
        return;
    }
  };

  const readFolder = async (name: string): Promise<void> => {
    const reading = await powers.listFolder(name === '' ? path : `${path}/${name}`, budget.entries);
    const shown = name === '' ? 'the folder' : shownPath(name);
    if (reading.kind === 'absent') throw refusal(`${shown} does not exist`);
    if (reading.kind === 'unreadable') throw refusal(`${shown} cannot be read (${reading.reason})`);
    budget.entries -= reading.entries.length;
    if (budget.entries < 0) throw refusal(`${shown} has more than ${MOST_ENTRIES} entries`);
    for (const entry of reading.entries) {
      const inner = name === '' ? entry.name : `${name}/${entry.name}`;
      if (entry.kind === 'folder' && FOLDERS.test(inner)) await readFolder(inner);
      else if (entry.kind === 'file') await readFile(inner);
      else if (strangers === 'refuse' || name !== '' || isOfPackage(inner)) {
        throw refusal(`${shownPath(inner)} is neither a file nor a folder of a package`);
      }
    }
  };

  await readFolder('');
  checkPackageFiles(files);
  return files;
};

const isOfPackage = (path: string): boolean => kindOfPath(path) !== undefined || FOLDERS.test(path);

const refusal = (problem: string): AgentError =>
  new AgentError({ code: 'package_invalid', message: `not a package: ${problem}` });
