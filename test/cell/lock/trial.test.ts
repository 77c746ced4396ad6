import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actsOfSeccomp, holesIn } from '../../../core/cell/lock/trial.ts';
import { bindRawSyscall } from '../../../core/linux/raw-syscall.ts';
import { childrenOf } from '../../harness/processes.ts';

test('without the lock every act of the trial is seen to be possible, and none does harm', async () => {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const acts = actsOfSeccomp(process.pid, process.pid);
  const before = await childrenOf(process.pid);
  const holes = holesIn(acts, 'EPERM', architecture, bindRawSyscall());
  assert.deepEqual(
    holes.map((line) => line.split(': ')[0]),
    acts.map(({ name }) => name),
  );
  assert.deepEqual(await childrenOf(process.pid), before);
});
