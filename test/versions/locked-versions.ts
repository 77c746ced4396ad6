import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

export interface LockedVersion {
  readonly name: string;
  readonly version: string;
}

/** Every package of the lockfile, those that packages bring with them included. */
export const lockedVersions = (): readonly LockedVersion[] => {
  const lock: { packages: Record<string, { version: string }> } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version }]) => ({ name: path.split('node_modules/').at(-1) ?? '', version }));
};
