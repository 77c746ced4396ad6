import { test } from 'node:test';
import { assertRefused } from '../harness/refusals.ts';
import { onOlderThread, ownedScript, runOwned } from '../harness/run-owned.ts';

test('an allowed argument with something in its high half is refused, and so is memory that is code', async () => {
  const attack = ownedScript('memory');
  assertRefused(await runOwned(attack), 15);
  assertRefused(await runOwned(onOlderThread(attack)), 15);
});
