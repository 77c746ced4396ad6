import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { it } from 'node:test';
import { FILE_REFUSED, FOLDER_REFUSED, openWorkspace } from './workspace.ts';

const NOBODY = 65534;

/** Root reads everything, so the work runs as an ordinary user. */
const asOrdinaryUser = async (work: () => Promise<void>): Promise<void> => {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (root) process.seteuid?.(0);
  }
};

it('what the broker itself may not open is unavailable like anything else', async (test) => {
  const { gateway, access, at, put, docs, restore, base } = await openWorkspace(test);
  for (const folder of [base, docs, restore]) chmodSync(folder, 0o755);
  chmodSync(put('docs/closed', 'secret'), 0o000);
  put('docs/sub/a', '');
  chmodSync(`${docs}/sub`, 0o000);
  await asOrdinaryUser(async () => {
    const read = { encoding: 'text' } as const;
    await assert.rejects(gateway.read(at('docs/closed'), access, read), FILE_REFUSED);
    await assert.rejects(gateway.read(at('docs/sub/a'), access, read), FILE_REFUSED);
    await assert.rejects(gateway.list(at('docs/sub'), access, {}), FOLDER_REFUSED);
    const low = { ...access, ceiling: 'low' } as const;
    const { entries } = await gateway.list(at('docs'), low, {});
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['sub'],
    );
    await assert.rejects(gateway.create(at('docs/new'), access, Buffer.from('a')), FILE_REFUSED);
  });
});
