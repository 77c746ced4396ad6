import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { test } from 'node:test';
import { openPidfd, signalPidfd } from '../../core/linux/pidfd.ts';

test('a pidfd signals its process, and nobody once that one is gone', async (context) => {
  const child = spawn('/bin/cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  const pidfd = openPidfd(child.pid ?? -1);
  context.after(() => closeSync(pidfd));
  signalPidfd(pidfd, 0);
  signalPidfd(pidfd, constants.signals.SIGKILL);
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
  assert.throws(() => signalPidfd(pidfd, constants.signals.SIGKILL), { code: 'ESRCH' });
  assert.throws(() => openPidfd(child.pid ?? -1), { code: 'ESRCH' });
});
