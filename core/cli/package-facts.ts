import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../vocabulary/package-root.ts';

/** The version that this package's own package.json states. */
export const packageVersion = (): string => versionIn(join(PACKAGE_ROOT, 'package.json'));

const versionIn = (file: string): string => {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
  return typeof version === 'string' ? version : 'unknown';
};
