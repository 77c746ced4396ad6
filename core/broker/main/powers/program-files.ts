import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';

/** What the composition root itself reads: its own package, the policy file, its folders. */
export interface ProgramFilePowers {
  /** Undefined where the file is missing or cannot be read. */
  readonly readPolicy: (path: string) => Promise<Uint8Array | undefined>;
  readonly readProfile: () => unknown;
  /** The version in the package.json of the isolated-vm that a cell would load. */
  readonly isolatedVmVersion: () => string;
  readonly ownVersion: () => string;
  readonly fileExists: (path: string) => boolean;
  /** Makes a private folder of the broker where it is missing. */
  readonly makePrivateFolder: (path: string) => void;
}

export const makeProgramFilePowers = (): ProgramFilePowers =>
  Object.freeze({
    readPolicy: (path: string) => readFile(path).catch(() => undefined),
    readProfile: () => readJson(join(PACKAGE_ROOT, 'sandbox-profiles/standard.json')),
    isolatedVmVersion: () => {
      const entry = createRequire(import.meta.url).resolve('isolated-vm');
      const folder = entry.slice(0, entry.lastIndexOf('/isolated-vm/') + '/isolated-vm'.length);
      return versionIn(join(folder, 'package.json'));
    },
    ownVersion: () => versionIn(join(PACKAGE_ROOT, 'package.json')),
    fileExists: (path: string) => existsSync(path),
    makePrivateFolder: (path: string) => {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    },
  });

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const versionIn = (path: string): string => {
  const manifest = readJson(path);
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
};
