import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { makeBlocklist } from '../../../../core/broker/gateway/storage/blocklist.ts';
import { makeStorageFilePowers } from '../../../../core/broker/main/powers/storage-files.ts';

const files = makeStorageFilePowers();
const base = realpathSync(mkdtempSync(join(tmpdir(), 'blocklist-')));
after(() => rmSync(base, { recursive: true }));

describe('makeBlocklist', () => {
  it('blocks a path, all below it and its siblings with another ending, and no longer name', () => {
    const guard = makeBlocklist(['/s/state', '/s/agent-audit', '/s/tasks.db'], files)();
    const blocked = ['/s/state', '/s/state/a/b', '/s/state.bak', '/s/tasks.db-wal', '/s/tasks.db~'];
    for (const path of [...blocked, '/s/agent-audit.jsonl', '/s/agent-audit.20260101-0000.jsonl'])
      assert.equal(guard.blocksPath(path), true, path);
    for (const path of ['/s', '/s/statement', '/s/state2', '/s/stat', '/s/tasks.dbx', '/x/s/state'])
      assert.equal(guard.blocksPath(path), false, path);
  });

  it('blocks the object behind a path, also one that appears later', () => {
    const blocklist = makeBlocklist([join(base, 'log')], files);
    writeFileSync(join(base, 'log'), '');
    const identity = files.identityAt(join(base, 'log')) ?? '';
    assert.equal(blocklist().blocksObject(identity), true);
    assert.equal(blocklist().blocksObject('0:0'), false);
  });

  it('blocks the real path of one that is given through a link, also before it exists', () => {
    mkdirSync(join(base, 'real'));
    symlinkSync('real', join(base, 'link'));
    const guard = makeBlocklist([join(base, 'link/state/new')], files)();
    assert.equal(guard.blocksPath(join(base, 'real/state/new')), true);
    assert.equal(guard.blocksPath(join(base, 'real/state/other')), false);
  });

  it('blocks nothing that is not there', () => {
    const guard = makeBlocklist(['/nonexistent/key'], files)();
    assert.equal(guard.blocksObject(String(undefined)), false);
  });
});
