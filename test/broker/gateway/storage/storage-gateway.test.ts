import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  makeStorageGateway,
  WRITE_LIMIT,
} from '../../../../core/broker/gateway/storage/storage-gateway.ts';
import { makeLinuxPowers } from '../../../../core/broker/main/powers/linux.ts';
import { makeStorageFilePowers } from '../../../../core/broker/main/powers/storage-files.ts';
import { FILE_REFUSED, FOLDER_REFUSED, openWorkspace, refusal } from './workspace.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('storage read', () => {
  it('gives the whole text of a file with its size and label', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    put('docs/notes/a.md', 'näme');
    const answer = await gateway.read(at('docs/notes/a.md'), access, { encoding: 'text' });
    assert.deepEqual(answer, { content: 'näme', size: 5, offset: 0, bytes: 5, label: 'low' });
  });

  it('gives bytes as base64 and replaces what is no UTF-8 in text', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    put('docs/b', Buffer.from([0x61, 0xff, 0x62]));
    const raw = await gateway.read(at('docs/b'), access, { encoding: 'base64' });
    const text = await gateway.read(at('docs/b'), access, { encoding: 'text' });
    assert.equal(raw.content, 'Yf9i');
    assert.equal(text.content, 'a\ufffdb');
  });

  it('labels the whole file when a part is read', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    put('docs/a', 'harmless, then someone@example.org');
    const part = await gateway.read(at('docs/a'), access, { encoding: 'text', length: 8 });
    assert.deepEqual([part.content, part.label, part.size], ['harmless', 'medium', 34]);
  });

  it('refuses a file above the ceiling, and says which', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test, { ceiling: 'low' });
    put('docs/a', `${'x'.repeat(100)} someone@example.org`);
    await assert.rejects(
      gateway.read(at('docs/a'), access, { encoding: 'text', length: 10 }),
      refusal('above_ceiling', 'file sensitivity `medium` exceeds ceiling `low`'),
    );
  });

  it('reads 2 MiB and refuses one byte more', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    const file = put('docs/a', Buffer.alloc(2 * 1024 * 1024, 'a'));
    const answer = await gateway.read(at('docs/a'), access, { encoding: 'text' });
    assert.equal(answer.bytes, 2 * 1024 * 1024);
    truncateSync(file, 2 * 1024 * 1024 + 1);
    await assert.rejects(
      gateway.read(at('docs/a'), access, { encoding: 'text' }),
      refusal('too_large'),
    );
  });

  it('refuses a sparse file of huge length without reading it', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    truncateSync(put('docs/a', ''), 2 ** 43);
    await assert.rejects(
      gateway.read(at('docs/a'), access, { encoding: 'text' }),
      refusal('too_large'),
    );
  });

  it('gives one refusal for missing, a folder, out of scope, another grant and no scope', async (test) => {
    const { gateway, access, at, put, docs, outside } = await openWorkspace(test);
    put('docs/sub/a', 'a');
    put('outside/a', 'a');
    const read = { encoding: 'text' } as const;
    const elsewhere = {
      ...at('docs/sub/a'),
      root: outside,
      relative: 'a',
      absolute: `${outside}/a`,
    };
    await assert.rejects(gateway.read(at('docs/none'), access, read), FILE_REFUSED);
    await assert.rejects(gateway.read(at('docs/none/a'), access, read), FILE_REFUSED);
    await assert.rejects(gateway.read(at('docs/sub'), access, read), FILE_REFUSED);
    await assert.rejects(gateway.read(at('docs'), access, read), FILE_REFUSED);
    await assert.rejects(gateway.read(elsewhere, access, read), FILE_REFUSED);
    await assert.rejects(
      gateway.read(elsewhere, { ...access, readable: [outside] }, read),
      FILE_REFUSED,
    );
    const none = { ...access, readable: [] };
    await assert.rejects(gateway.read(at('docs/sub/a'), none, read), FILE_REFUSED);
    const other = { ...access, readable: [`${docs}/su`] };
    await assert.rejects(gateway.read(at('docs/sub/a'), other, read), FILE_REFUSED);
  });

  it('refuses a resource whose parts do not belong together', async (test) => {
    const { gateway, access, at, put, outside } = await openWorkspace(test, { roots: ['outside'] });
    put('docs/a', 'inside');
    put('outside/a', 'outside');
    const lying = { ...at('docs/a'), root: outside };
    await assert.rejects(gateway.read(lying, access, { encoding: 'text' }), FILE_REFUSED);
  });

  it('does not read what a crash left unfinished', async (test) => {
    const { gateway, access, raw, put } = await openWorkspace(test);
    const unfinished = `.secai-${'0'.repeat(32)}.tmp`;
    put(`docs/${unfinished}`, 'half');
    const read = gateway.read(raw(unfinished), access, { encoding: 'text' });
    await assert.rejects(read, FILE_REFUSED);
  });

  it('does not read what it may only write', async (test) => {
    const { gateway, at, put, docs } = await openWorkspace(test);
    put('docs/a', 'a');
    const writeOnly = { readable: [], writable: [docs], ceiling: 'high' } as const;
    await assert.rejects(gateway.read(at('docs/a'), writeOnly, { encoding: 'text' }), FILE_REFUSED);
  });

  it('answers nothing and leaves no descriptor open after it is closed', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    put('docs/a', 'a');
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    await gateway.read(at('docs/a'), access, { encoding: 'text' });
    await assert.rejects(gateway.read(at('docs/b'), access, { encoding: 'text' }));
    await gateway.list(at('docs'), access, {});
    await gateway.create(at('docs/c'), access, bytes('c'));
    await gateway.replace(at('docs/c'), access, bytes('d'));
    assert.equal(open(), before);
    await gateway.close();
    assert.equal(open(), before - 2);
    await assert.rejects(gateway.read(at('docs/a'), access, { encoding: 'text' }), FILE_REFUSED);
  });
});

describe('storage list', () => {
  it('names files and folders in code point order, without links and specials', async (test) => {
    const { gateway, access, at, put, docs } = await openWorkspace(test);
    for (const name of ['b', 'a\u{1f600}', 'a\uff21', 'B', 'sub/x', '.hidden'])
      put(`docs/${name}`, '12');
    symlinkSync('b', join(docs, 'link'));
    const { entries, left_out, cursor } = await gateway.list(at('docs'), access, {});
    const names = entries.map(({ name, kind, size }) => `${name} ${kind} ${size}`);
    assert.deepEqual(names, [
      ...['.hidden file 2', 'B file 2', 'a\uff21 file 2', 'a\u{1f600} file 2', 'b file 2'],
      'sub folder 0',
    ]);
    assert.deepEqual([left_out, cursor], [0, null]);
  });

  it('leaves out names that a request could not give back', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    for (const name of [
      'ok',
      'new\nline',
      'e\u0301',
      'bidi\u202e',
      `${'.secai-'.padEnd(39, '0')}.tmp`,
    ])
      put(`docs/${name}`, '');
    put(`docs/ok2`, '');
    const { entries } = await gateway.list(at('docs'), access, {});
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['ok', 'ok2'],
    );
  });

  it('counts files above the ceiling and those too large to classify, and names neither', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test, { ceiling: 'medium' });
    put('docs/a', 'plain');
    put('docs/b', 'someone@example.org');
    put('docs/c', 'someone@example.org password: x');
    truncateSync(put('docs/d', ''), 3 * 1024 * 1024);
    for (let twice = 0; twice < 2; twice += 1) {
      const { entries, left_out } = await gateway.list(at('docs'), access, {});
      assert.deepEqual(
        entries.map(({ name }) => name),
        ['a', 'b'],
      );
      assert.equal(left_out, 2);
    }
    put('docs/a', 'someone@example.org password: x');
    assert.equal((await gateway.list(at('docs'), access, {})).left_out, 3);
  });

  it('gives 200 entries a page and joins the pages by its cursor', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    const expected = Array.from({ length: 450 }, (_, n) => `f${String(n).padStart(3, '0')}`);
    for (const name of expected) put(`docs/${name}`, '');
    const names: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof gateway.list>> = await gateway.list(
        at('docs'),
        access,
        cursor === '' ? {} : { cursor },
      );
      names.push(...page.entries.map(({ name }) => name));
      sizes.push(page.entries.length);
      cursor = page.cursor;
    }
    assert.deepEqual(names, expected);
    assert.deepEqual(sizes, [200, 200, 50]);
  });

  it('refuses a folder of too many names rather than hold them all', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test, {
      files: (real) => ({
        ...real,
        namesIn: (folder, most) => real.namesIn(folder, most - 19_997),
      }),
    });
    for (const name of ['a', 'b', 'c']) put(`docs/${name}`, '');
    assert.equal((await gateway.list(at('docs'), access, {})).entries.length, 3);
    put('docs/d', '');
    await assert.rejects(gateway.list(at('docs'), access, {}), refusal('too_large'));
  });

  it('refuses a cursor that it never gave', async (test) => {
    const { gateway, access, at } = await openWorkspace(test);
    for (const cursor of ['-1', '0', '1e3', '../x', '', '1'.repeat(7)])
      await assert.rejects(gateway.list(at('docs'), access, { cursor }), refusal('input_invalid'));
  });

  it('refuses a file, a missing folder and one out of scope alike', async (test) => {
    const { gateway, access, at, put } = await openWorkspace(test);
    put('docs/a', '');
    await assert.rejects(gateway.list(at('docs/a'), access, {}), FOLDER_REFUSED);
    await assert.rejects(gateway.list(at('docs/none'), access, {}), FOLDER_REFUSED);
    await assert.rejects(gateway.list(at('docs'), { ...access, readable: [] }, {}), FOLDER_REFUSED);
  });
});

describe('storage create', () => {
  it('writes a private file and answers its size and digest', async (test) => {
    const { gateway, access, at, docs } = await openWorkspace(test);
    const answer = await gateway.create(at('docs/new.md'), access, bytes('hello'));
    const sha256 = createHash('sha256').update('hello').digest('hex');
    assert.deepEqual(answer, { size: 5, sha256 });
    assert.equal(readFileSync(join(docs, 'new.md'), 'utf8'), 'hello');
    assert.equal(statSync(join(docs, 'new.md')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(docs), ['new.md']);
  });

  it('refuses a name that exists and leaves the file as it was', async (test) => {
    const { gateway, access, at, put, docs } = await openWorkspace(test);
    put('docs/a', 'old');
    await assert.rejects(
      gateway.create(at('docs/a'), access, bytes('new')),
      refusal('already_exists', 'file already exists'),
    );
    assert.equal(readFileSync(join(docs, 'a'), 'utf8'), 'old');
    assert.deepEqual(readdirSync(docs), ['a']);
  });

  it('never replaces a file that appears between its look and its rename', async (test) => {
    const { gateway, access, at, docs } = await openWorkspace(test, {
      linux: (real) => ({
        ...real,
        renameWithin: (folder, from, to, how) => {
          real.openat2(folder, to, { flags: 0o102, mode: 0o600, resolve: 0 });
          real.renameWithin(folder, from, to, how);
        },
      }),
    });
    await assert.rejects(
      gateway.create(at('docs/a'), access, bytes('new')),
      refusal('already_exists'),
    );
    assert.equal(readFileSync(join(docs, 'a'), 'utf8'), '');
    assert.deepEqual(readdirSync(docs), ['a']);
  });

  it('lets exactly one of many concurrent creations of a name win', async (test) => {
    const { gateway, access, at, docs } = await openWorkspace(test);
    const all = Array.from({ length: 16 }, (_, n) =>
      gateway.create(at('docs/a'), access, bytes(String(n))),
    );
    const results = await Promise.allSettled(all);
    const won = results.flatMap(({ status }, n) => (status === 'fulfilled' ? [String(n)] : []));
    assert.deepEqual([readFileSync(join(docs, 'a'), 'utf8')], won);
    assert.deepEqual(readdirSync(docs), ['a']);
  });

  it('refuses a byte more than 1 MiB before anything is written', async (test) => {
    const { gateway, access, at, docs } = await openWorkspace(test);
    await gateway.create(at('docs/a'), access, Buffer.alloc(WRITE_LIMIT));
    await assert.rejects(
      gateway.create(at('docs/b'), access, Buffer.alloc(WRITE_LIMIT + 1)),
      refusal('too_large', `content too large (${WRITE_LIMIT + 1} bytes, max ${WRITE_LIMIT})`),
    );
    assert.deepEqual(readdirSync(docs), ['a']);
  });

  it('makes no folders, and refuses out of scope and the scope itself alike', async (test) => {
    const { gateway, access, at, docs } = await openWorkspace(test);
    await assert.rejects(gateway.create(at('docs/x/a'), access, bytes('a')), FILE_REFUSED);
    await assert.rejects(gateway.create(at('docs'), access, bytes('a')), FILE_REFUSED);
    const readOnly = { ...access, writable: [] };
    await assert.rejects(gateway.create(at('docs/a'), readOnly, bytes('a')), FILE_REFUSED);
    assert.deepEqual(readdirSync(docs), []);
  });

  it('removes its unfinished file when the disk fails', async (test) => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const { gateway, access, at, docs } = await openWorkspace(test, {
      files: (real) => ({ ...real, write: () => Promise.reject(full) }),
    });
    await assert.rejects(
      gateway.create(at('docs/a'), access, bytes('a')),
      refusal('storage_failed', 'storage failed'),
    );
    assert.deepEqual(readdirSync(docs), []);
  });

  it('makes the bytes durable before the name appears, and the name before it answers', async (test) => {
    const events: string[] = [];
    const { gateway, access, at } = await openWorkspace(test, {
      files: (real) => ({
        ...real,
        sync: async (descriptor) => {
          events.push(`sync ${real.factsOf(descriptor).kind}`);
          await real.sync(descriptor);
        },
      }),
      linux: (real) => ({
        ...real,
        renameWithin: (...args) => {
          events.push('rename');
          real.renameWithin(...args);
        },
      }),
    });
    await gateway.create(at('docs/a'), access, bytes('a'));
    assert.deepEqual(events, ['sync file', 'rename', 'sync folder']);
  });
});

describe('storage replace', () => {
  it('keeps the old version in the restore folder', async (test) => {
    const { gateway, access, at, put, docs, restore } = await openWorkspace(test);
    put('docs/a', 'old');
    const { kept, size } = await gateway.replace(at('docs/a'), access, bytes('newer'));
    assert.equal(size, 5);
    assert.equal(readFileSync(join(docs, 'a'), 'utf8'), 'newer');
    assert.deepEqual(readdirSync(restore), [kept]);
    assert.equal(readFileSync(join(restore, kept ?? ''), 'utf8'), 'old');
    assert.deepEqual(readdirSync(docs), ['a']);
  });

  it('creates where there was nothing, and then keeps nothing', async (test) => {
    const { gateway, access, at, docs, restore } = await openWorkspace(test);
    const { kept } = await gateway.replace(at('docs/a'), access, bytes('first'));
    assert.equal(kept, null);
    assert.equal(readFileSync(join(docs, 'a'), 'utf8'), 'first');
    assert.deepEqual(readdirSync(restore), []);
  });

  it('refuses when the file changed after its version was kept', async (test) => {
    let meddle = (): void => undefined;
    const { gateway, access, at, put, docs } = await openWorkspace(test, {
      files: (real) => ({
        ...real,
        write: async (...args) => {
          meddle();
          return real.write(...args);
        },
      }),
    });
    put('docs/a', 'old');
    meddle = () => put('docs/a', 'not seen by anyone');
    await assert.rejects(
      gateway.replace(at('docs/a'), access, bytes('new')),
      refusal('storage_failed', 'file changed while it was replaced'),
    );
    assert.equal(readFileSync(join(docs, 'a'), 'utf8'), 'not seen by anyone');
    assert.deepEqual(readdirSync(docs), ['a']);
  });

  it('replaces nothing when the old version cannot be kept', async (test) => {
    const { gateway, access, at, put, docs, restore } = await openWorkspace(test);
    put('docs/a', 'old');
    rmSync(restore, { recursive: true });
    await assert.rejects(
      gateway.replace(at('docs/a'), access, bytes('new')),
      refusal('storage_failed', 'the old version cannot be kept'),
    );
    truncateSync(put('docs/b', ''), 3 * 1024 * 1024);
    await assert.rejects(gateway.replace(at('docs/b'), access, bytes('new')), refusal('too_large'));
    assert.equal(readFileSync(join(docs, 'a'), 'utf8'), 'old');
    assert.deepEqual(readdirSync(docs), ['a', 'b']);
  });

  it('gives concurrent replacements an order in which no version is lost', async (test) => {
    const { gateway, access, at, put, docs, restore } = await openWorkspace(test);
    put('docs/a', 'start');
    const texts = Array.from({ length: 8 }, (_, n) => `version ${n}`);
    await Promise.all(texts.map((text) => gateway.replace(at('docs/a'), access, bytes(text))));
    const seen = readdirSync(restore).map((name) => readFileSync(join(restore, name), 'utf8'));
    seen.push(readFileSync(join(docs, 'a'), 'utf8'));
    assert.deepEqual(seen.sort(), ['start', ...texts].sort());
  });
});

describe('storage describe', () => {
  it('tells whether a file exists and its size, and nothing of a blocked one', async (test) => {
    const { gateway, at, put } = await openWorkspace(test, { blocked: ['docs/key'] });
    put('docs/a', 'abc');
    put('docs/sub/x', '');
    put('docs/key', 'k');
    const nothing = { exists: false, size: null, version: null };
    const { version, ...found } = await gateway.describe(at('docs/a'));
    assert.deepEqual(found, { exists: true, size: 3 });
    assert.equal((await gateway.describe(at('docs/a'))).version, version);
    const { size, exists } = await gateway.describe(at('docs'));
    assert.deepEqual([exists, size], [true, null]);
    assert.equal((await gateway.describe(at('docs/sub'))).size, null);
    assert.deepEqual(await gateway.describe(at('docs/b')), nothing);
    assert.deepEqual(await gateway.describe(at('docs/key')), nothing);
  });
});

describe('makeStorageGateway', () => {
  it('leaves out a scope that is missing, a link or behind a link, and says so in the log', async (test) => {
    const { gateway, base, at, access, logged } = await openWorkspace(test, {
      roots: ['missing', 'link', 'link/sub'],
      prepare: (folder) => {
        mkdirSync(join(folder, 'outside/sub'));
        writeFileSync(join(folder, 'outside/sub/a'), 'a');
        symlinkSync('outside', join(folder, 'link'));
      },
    });
    for (const name of ['missing', 'link', 'link/sub']) {
      const root = join(base, name);
      assert.ok(
        logged.some((line) => line.includes(`"${root}"`)),
        name,
      );
      const resource = { ...at('docs'), root, relative: 'a', absolute: `${root}/a` };
      const readable = { ...access, readable: [root] };
      await assert.rejects(gateway.read(resource, readable, { encoding: 'text' }), FILE_REFUSED);
    }
  });

  it('refuses to begin without its restore folder or with an unclean blocked path', async () => {
    const deps = {
      ...{ linux: makeLinuxPowers(), files: makeStorageFilePowers(), roots: [], blocked: [] },
      ...{ restoreFolder: '/tmp', random: () => Buffer.alloc(16) },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    };
    const missing = { ...deps, restoreFolder: '/nonexistent/restore' };
    const unclean = { ...deps, blocked: ['/etc/../etc/shadow'] };
    await assert.rejects(makeStorageGateway(missing), refusal('configuration'));
    await assert.rejects(makeStorageGateway(unclean), refusal('configuration'));
  });
});
