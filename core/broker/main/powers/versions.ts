import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Versions } from '../../../protocol/messages.ts';
import { isJsonObject, ownValue } from '../../../vocabulary/json.ts';

/** The versions that cells will run on, told without loading isolated-vm into the broker. */
export const installedVersions = (): Versions => {
  const file = createRequire(import.meta.url).resolve('isolated-vm/package.json');
  const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const version = isJsonObject(description) ? ownValue(description, 'version') : undefined;
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    isolatedVm: typeof version === 'string' ? version : '',
  };
};
