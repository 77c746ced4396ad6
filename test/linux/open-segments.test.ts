import assert from 'node:assert/strict';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { CURRENT_FOLDER, OPEN, RESOLVE } from '../../core/linux/open-flags.ts';
import { openSegments } from '../../core/linux/open-segments.ts';
import { type OpenHow, openat2 } from '../../core/linux/openat2.ts';

const NO_LINKS = RESOLVE.noSymlinks | RESOLVE.noMagicLinks;
const BENEATH = NO_LINKS | RESOLVE.beneath | RESOLVE.noMountCrossing;
const LOOK = OPEN.pathOnly | OPEN.noFollow | OPEN.closeOnExec;
const READ = OPEN.readOnly | OPEN.noFollow | OPEN.closeOnExec | OPEN.nonBlocking;

const base = mkdtempSync(join(tmpdir(), 'open-segments-'));
mkdirSync(join(base, 'sub/deep'), { recursive: true });
writeFileSync(join(base, 'a'), 'content');
writeFileSync(join(base, 'sub/deep/b'), 'content');
symlinkSync('a', join(base, 'link'));
symlinkSync('sub', join(base, 'folder-link'));
symlinkSync('/proc/self/root', join(base, 'magic'));
const root = openat2(CURRENT_FOLDER, base, { flags: LOOK, mode: 0, resolve: NO_LINKS });
const top = openat2(CURRENT_FOLDER, '/', { flags: LOOK, mode: 0, resolve: NO_LINKS });
after(() => {
  closeSync(root);
  closeSync(top);
  rmSync(base, { recursive: true });
});

type Open = typeof openat2;

/** Which object was opened, or errno's name. */
const answer = (open: Open, directory: number, path: string, how: OpenHow): string => {
  try {
    const descriptor = open(directory, path, how);
    const { dev, ino } = fstatSync(descriptor);
    closeSync(descriptor);
    return `${dev}:${ino}`;
  } catch (thrown) {
    return String(Reflect.get(Object(thrown), 'code'));
  }
};

// Both refuse, each with the word of the call that noticed first.
const REFUSED = new Set(['ENOTDIR for ELOOP', 'EINVAL for EXDEV', 'ELOOP for ENOTDIR']);

describe('openSegments', () => {
  it('answers as openat2 does, for each way to open and each rule, and refuses `..` beneath', () => {
    const paths = ['a', '.', 'sub', 'sub/deep', 'sub/deep/b', 'link', 'folder-link/deep', 'none'];
    const more = ['sub/none/b', 'a/b', '..', 'sub/../a', 'magic/etc', base, '/', '/proc/self'];
    let compared = 0;
    for (const path of [...paths, ...more])
      for (const flags of [LOOK, LOOK | OPEN.directory, READ, READ | OPEN.directory])
        for (const resolve of [NO_LINKS, NO_LINKS | RESOLVE.beneath, BENEATH]) {
          const how = { flags, mode: 0, resolve };
          const [ours, kernel] = [openSegments, openat2].map((open) =>
            answer(open, root, path, how),
          );
          const isSame =
            ours === kernel ||
            REFUSED.has(`${ours} for ${kernel}`) ||
            (path.includes('..') && ours === 'EXDEV');
          assert.ok(isSame, `${path} ${flags} ${resolve}: ${ours}, the kernel ${kernel}`);
          compared += 1;
        }
    assert.equal(compared, 16 * 12);
  });

  it('crosses no mount where that is forbidden', () => {
    const open = (path: string, resolve: number) =>
      answer(openSegments, top, path, { flags: LOOK, mode: 0, resolve });
    assert.match(open('proc/version', NO_LINKS), /:/);
    assert.equal(open('proc/version', BENEATH), 'EXDEV');
    assert.equal(open('proc', BENEATH), 'EXDEV');
    assert.equal(open('dev/null', BENEATH), 'EXDEV');
  });

  it('makes a new file with its mode, and never takes an old one for it', () => {
    const flags = OPEN.writeOnly | OPEN.create | OPEN.exclusive | OPEN.noFollow;
    const how = { flags, mode: 0o600, resolve: BENEATH };
    const made = openSegments(root, 'made', how);
    assert.equal(fstatSync(made).mode & 0o7777, 0o600);
    closeSync(made);
    assert.equal(answer(openSegments, root, 'made', how), 'EEXIST');
    assert.equal(answer(openSegments, root, 'link', how), 'EEXIST');
    assert.equal(readFileSync(join(base, 'a'), 'utf8'), 'content');
  });

  it('refuses a path that is written in another way than one', () => {
    for (const path of ['sub/', 'sub//deep', '//'])
      assert.equal(
        answer(openSegments, root, path, { flags: LOOK, mode: 0, resolve: NO_LINKS }),
        'EINVAL',
      );
    assert.equal(
      answer(openSegments, root, '', { flags: LOOK, mode: 0, resolve: NO_LINKS }),
      'ENOENT',
    );
  });

  it('refuses rules that it would not keep', () => {
    for (const how of [
      { flags: READ, mode: 0, resolve: 0 },
      { flags: READ, mode: 0, resolve: RESOLVE.noSymlinks },
      { flags: OPEN.readOnly, mode: 0, resolve: BENEATH },
      { flags: READ, mode: 0, resolve: BENEATH | 0x10 },
    ])
      assert.equal(answer(openSegments, root, 'a', how), 'ENOSYS');
  });

  it('keeps no descriptor, whether it opens or refuses', () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (const path of ['sub/deep/b', 'sub/none/b', 'folder-link/deep', 'a/b'])
      answer(openSegments, root, path, { flags: READ, mode: 0, resolve: BENEATH });
    assert.equal(open(), before);
  });
});
