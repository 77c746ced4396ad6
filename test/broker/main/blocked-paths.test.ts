import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBlocklist } from '../../../core/broker/gateway/storage/blocklist.ts';
import { blockedPaths } from '../../../core/broker/main/blocked-paths.ts';
import { readConfig } from '../../../core/broker/main/config.ts';
import { makeStorageFilePowers } from '../../../core/broker/main/powers/storage-files.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';

test('no task writes what the next cell loads before its lock, though a scope holds the whole package', () => {
  const blocked = makeBlocklist(blockedPaths(readConfig({})), makeStorageFilePowers())();
  const program = [
    ...['dist/core/cell/main.js', 'sandbox-profiles/standard.json', 'plugins/local/manifest.yaml'],
    ...['schemas/agent.json', 'package.json', 'node_modules/isolated-vm/out/isolated_vm.node'],
  ];
  for (const name of program) assert.ok(blocked.blocksPath(join(PACKAGE_ROOT, name)), name);
  assert.ok(blocked.blocksPath(process.execPath));
  assert.equal(blocked.blocksPath(join(PACKAGE_ROOT, 'docs/a.md')), false);
});
