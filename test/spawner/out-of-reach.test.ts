import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { outOfReach } from '../../core/spawner/out-of-reach.ts';

const skip =
  process.getuid?.() === 0 ? false : 'cells keep an ordinary user, who can read the program';

test('a program that nobody can read is told of by the folder or file that is closed', {
  skip,
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-reach-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'program'));
  const main = join(folder, 'program', 'main.js');
  writeFileSync(main, '');
  chmodSync(main, 0o644);
  assert.match(outOfReach([main]) ?? '', /may not enter `[^`]*secai-reach-\w+`/);
  chmodSync(folder, 0o711);
  chmodSync(join(folder, 'program'), 0o755);
  assert.equal(outOfReach([process.execPath, main]), undefined);
  chmodSync(main, 0o640);
  assert.match(outOfReach([process.execPath, main]) ?? '', /may not read `[^`]*main\.js`/);
});
