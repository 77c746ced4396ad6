import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Versions } from '../../../protocol/messages.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';

/** What the composition root itself reads: its own package, the policy file, its folders. */
export interface ProgramFilePowers {
  /** Undefined where the file is missing, cannot be read or is larger than any policy. */
  readonly readPolicy: (path: string) => Uint8Array | undefined;
  /** True where somebody but root and our own user may have written the file. */
  readonly othersMayWrite: (path: string) => boolean;
  /** Differs when the file may have changed; undefined where there is none. */
  readonly policyVersion: (path: string) => string | undefined;
  /** The JSON of a file of this package. @throws what reading and parsing throw */
  readonly readProfile: (file: string) => unknown;
  /** What a cell would run on, told without loading isolated-vm into the broker. */
  readonly engineVersions: () => Versions;
  readonly ownVersion: () => string;
  readonly fileExists: (path: string) => boolean;
  /** Makes a folder of the broker where it is missing, private unless told. */
  readonly makeFolder: (path: string, mode?: number) => void;
}

const MOST_POLICY_BYTES = 1024 * 1024;

export const makeProgramFilePowers = (): ProgramFilePowers =>
  Object.freeze({
    readPolicy: (path: string) => {
      try {
        const facts = statSync(path);
        return facts.isFile() && facts.size <= MOST_POLICY_BYTES ? readFileSync(path) : undefined;
      } catch {
        return undefined;
      }
    },
    othersMayWrite: (path: string) => {
      const { mode, uid } = statSync(path);
      return (mode & 0o022) !== 0 || (uid !== 0 && uid !== process.getuid?.());
    },
    policyVersion: (path: string) => {
      // A folder that was closed, a name that became a loop of links: whatever it is, it is no policy.
      try {
        const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
        return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
      } catch {
        return undefined;
      }
    },
    readProfile: (file: string) => readJson(join(PACKAGE_ROOT, file)),
    engineVersions: () => ({
      node: process.versions.node,
      v8: process.versions.v8,
      isolatedVm: versionIn(createRequire(import.meta.url).resolve('isolated-vm/package.json')),
    }),
    ownVersion: () => versionIn(join(PACKAGE_ROOT, 'package.json')),
    fileExists: (path: string) => existsSync(path),
    makeFolder: (path: string, mode = 0o700) => {
      mkdirSync(path, { recursive: true, mode });
    },
  });

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const versionIn = (path: string): string => {
  const manifest = readJson(path);
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
};
