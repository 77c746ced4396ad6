import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { NOBODY } from './start-cell.ts';

const OTHERS_READ = 0o004;
const OTHERS_PASS = 0o001;

/**
 * Why a cell could not read a file of its own program: as root's `nobody` it has no right but everybody's.
 * Told before the first cell, which could only say that some module is missing.
 * @returns undefined where it could, or where cells keep the user of the agent
 */
export const outOfReach = (files: readonly string[]): string | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const file of files) {
    const path = realpathSync(file);
    if (!mayAll(path, OTHERS_READ)) return reason(path, 'may not read');
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) {
      if (!mayAll(folder, OTHERS_PASS)) return reason(folder, 'may not enter');
    }
  }
  return undefined;
};

const mayAll = (path: string, right: number): boolean => (statSync(path).mode & right) === right;

const reason = (path: string, what: string): string =>
  `cells run as uid ${NOBODY}, which ${what} \`${path}\`: move the package or open it to others`;
