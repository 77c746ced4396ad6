import { createRequire } from 'node:module';
import type { Versions } from '../protocol/messages.ts';

const isolatedVm: { readonly version: string } = createRequire(import.meta.url)(
  'isolated-vm/package.json',
);

/** What this process runs on. */
export const ENGINE_VERSIONS: Versions = {
  node: process.versions.node,
  v8: process.versions.v8,
  isolatedVm: isolatedVm.version,
};
