import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { codeOf } from '../../core/broker/gateway/storage/unavailable.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertStillServes } from './outside-world.ts';

// Attack 101: what is replaced is changed, or exchanged for another file, at every moment between the decision and the
// write. That a changed target needs a new approval is asserted with attack 191.

const changes = {
  'is written again': (file: string) => writeFileSync(file, 'changed'),
  'is another file': (file: string) => {
    writeFileSync(`${file}.new`, 'changed');
    renameSync(`${file}.new`, file);
  },
} as const;

for (const [what, change] of Object.entries(changes)) {
  it(`no version is lost when the target ${what} at any moment of its replacement`, async (test) => {
    let moment = 1;
    let met = true;
    for (; met; moment += 1) {
      let syscalls = Number.NEGATIVE_INFINITY;
      let file = '';
      const note = (): void => {
        syscalls += 1;
        if (syscalls === moment) change(file);
      };
      const workspace = await openWorkspace(test, {
        linux: (real) => ({
          ...real,
          openat2: (directory, path, how) => {
            note();
            return real.openat2(directory, path, how);
          },
        }),
        files: (real) => ({
          ...real,
          sync: async (descriptor) => {
            note();
            await real.sync(descriptor);
          },
        }),
      });
      const { gateway, access, at, put, docs, restore } = workspace;
      file = put('docs/a', 'first');
      syscalls = 0;
      const end = await gateway
        .replace(at('docs/a'), access, Buffer.from('ours'))
        .then(() => 'replaced', codeOf);
      met = syscalls >= moment;
      syscalls = Number.NEGATIVE_INFINITY;
      const now = readFileSync(file, 'utf8');
      const kept = readdirSync(restore).map((name) => readFileSync(join(restore, name), 'utf8'));
      const label = `moment ${moment}: ${end}, now \`${now}\`, kept \`${kept.join()}\``;
      // Whoever changed the file last finds the change in the file, or kept for undo.
      if (met) assert.ok([now, ...kept].includes('changed'), label);
      if (end === 'replaced') assert.ok(now === 'ours' || now === 'changed', label);
      else assert.equal(now, 'changed', label);
      assert.ok(!readdirSync(docs).some((name) => name.startsWith('.secai-')), label);
      await assertStillServes(workspace);
    }
    assert.ok(moment > 8, `${moment} moments`);
  });
}
