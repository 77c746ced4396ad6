import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inChild } from './in-child.ts';

it('every thread of the process and what it starts later run on the one core', () => {
  const { threads, allowed, child } = inChild({}, async (linux) => {
    // Wakes the threads of the pool, so that they are there to be pinned.
    await Promise.all(['/', '/', '/', '/'].map((path) => linux.fsPromises.stat(path)));
    linux.pinToCore(0);
    const coresOf = (status: string) => /^Cpus_allowed_list:\s+(\S+)$/m.exec(status)?.[1];
    const ids = linux.fs.readdirSync('/proc/self/task');
    const print = 'process.stdout.write(require("fs").readFileSync("/proc/self/status"))';
    return {
      threads: ids.length,
      allowed: ids.map((id) =>
        coresOf(linux.fs.readFileSync(`/proc/self/task/${id}/status`, 'utf8')),
      ),
      child: coresOf(
        String(linux.childProcess.spawnSync(process.execPath, ['--eval', print]).stdout),
      ),
    };
  });
  assert.ok(threads > 5, `${threads} threads`);
  assert.deepEqual([...new Set(allowed), child], ['0', '0']);
});

it('a core that the machine lacks is refused', () => {
  const answers = inChild({}, (linux) =>
    [1023, 1024, -1, 0.5].map((core) => linux.outcome(() => linux.pinToCore(core))),
  );
  assert.deepEqual(answers, ['EINVAL', 'EINVAL', 'EINVAL', 'EINVAL']);
});
