import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { inChild } from '../in-child.ts';

const CELL = join(PACKAGE_ROOT, 'dist/core/cell/main.js');

test('under the profile of the spawner nothing else is read, written, run, reached or signalled', () => {
  const answers = inChild(
    {},
    async (linux, own) => {
      linux.setNoNewPrivileges();
      const server = linux.net.createServer();
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      linux.restrictSelf(linux.shippedRules('spawner', {}, {}), linux.landlockAbi());
      const { outcome, fs } = linux;
      const connected = await linux.laterOutcome(async () => {
        const socket = linux.net.connect(port, '127.0.0.1');
        await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
      });
      server.close();
      const read = (path: string) => outcome(() => fs.readFileSync(path));
      return {
        null: outcome(() => fs.closeSync(fs.openSync('/dev/null', 'r+'))),
        reads: [
          '/etc/passwd',
          '/etc/hostname',
          '/proc/self/environ',
          `/proc/${process.ppid}/cmdline`,
          '/proc/version',
          '/dev/zero',
          '/bin/cat',
        ].map(read),
        writes: [
          outcome(() => fs.openSync(own, 'r+')),
          outcome(() => fs.truncateSync(own)),
          outcome(() => fs.writeFileSync('/tmp/landlock-spawner', '')),
          outcome(() => fs.mkdirSync('/tmp/landlock-spawner')),
          outcome(() => fs.writeFileSync('/dev/shm/landlock-spawner', '')),
        ],
        exec: String(Object(linux.childProcess.spawnSync('/bin/cat').error).code),
        connected,
        signal: outcome(() => process.kill(process.ppid, 0)),
      };
    },
    CELL,
  );
  assert.deepEqual(
    { ...answers, reads: [...new Set(answers.reads)], writes: [...new Set(answers.writes)] },
    {
      null: 'allowed',
      reads: ['EACCES'],
      writes: ['EACCES'],
      exec: 'EACCES',
      connected: 'EACCES',
      signal: 'EPERM',
    },
  );
});
