import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PluginRecord } from '../../../../core/broker/catalog/store/plugin-record.ts';
import { makeSavedState } from '../../../../core/broker/catalog/store/saved-state.ts';
import { deriveKey } from '../../../../core/broker/grant/derive-key.ts';
import { makePluginFilePowers } from '../../../../core/broker/main/powers/plugin-files.ts';
import { sha256 } from '../../../../core/vocabulary/digest.ts';
import { AgentError } from '../../../../core/vocabulary/errors.ts';
import type { PluginId } from '../../../../core/vocabulary/ids.ts';

const record = (change: Partial<PluginRecord>): PluginRecord => ({
  id: 'reader' as PluginId,
  version: '1.0.0',
  digest: sha256('a package'),
  state: 'quarantined',
  steps: [],
  tools: [],
  difference: null,
  differenceDigest: null,
  reason: null,
  ...change,
});

test('a state that the next start could not read again is not written', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'state-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const saved = makeSavedState({
    folder,
    anchorFolder: folder,
    key: deriveKey(Buffer.alloc(32, 7), 'catalog'),
    files: makePluginFilePowers(),
  });
  const state = { sequence: 1, records: [record({})], suspendedShipped: [] };
  await saved.save(state);
  for (const unfit of [
    record({ difference: { shown: 'x'.repeat(17 * 1024 * 1024) } }),
    record({ version: '1'.repeat(65) }),
  ]) {
    await assert.rejects(
      saved.save({ ...state, sequence: 2, records: [unfit] }),
      (thrown) => thrown instanceof AgentError && thrown.code === 'store_unavailable',
    );
  }
  assert.deepEqual(await saved.load(), state);
});

test('of two changes with one number, the first of which failed half way, only the second is the last', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'state-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const real = makePluginFilePowers();
  let full = false;
  const saved = makeSavedState({
    folder,
    anchorFolder: folder,
    key: deriveKey(Buffer.alloc(32, 7), 'catalog'),
    files: {
      ...real,
      write: async (path, bytes) => {
        if (full && path.endsWith('plugins.sequence')) throw new Error('ENOSPC');
        await real.write(path, bytes);
      },
    },
  });
  const unavailable = (thrown: unknown): boolean =>
    thrown instanceof AgentError && thrown.code === 'store_unavailable';
  const state = (sequence: number, of: PluginRecord['state']) => ({
    sequence,
    records: [record({ state: of })],
    suspendedShipped: [],
  });
  await saved.save(state(1, 'vetted'));
  full = true;
  await assert.rejects(saved.save(state(2, 'enabled')), unavailable);
  const enabled = await readFile(join(folder, 'state.json'));
  full = false;
  await saved.save(state(2, 'revoked'));
  assert.deepEqual(await saved.load(), state(2, 'revoked'));
  // Attack 182: who can write into the folder kept the file in between.
  await writeFile(join(folder, 'state.json'), enabled);
  await assert.rejects(saved.load(), unavailable);
});
