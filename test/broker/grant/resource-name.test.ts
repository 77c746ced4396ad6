import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { covers } from '../../../core/broker/grant/path-matcher.ts';
import { makeResolver } from '../../../core/broker/grant/resource-name.ts';
import { runs } from '../../harness/runs.ts';

const workspaces = new Map([
  ['user_docs', '/vault/user_docs'],
  ['outputs', '/vault/outputs'],
  ['inner', '/vault/user_docs/inner'],
]);
const resolver = makeResolver(workspaces, ['/srv/shared', '/vault/user_docs/inner/deep']);

const display = (name: string): string => {
  const found = resolver.resolve(name);
  return found.ok ? found.display : found.reason;
};

describe('resolve', () => {
  it('reads a workspace name and an absolute path as the same place', () => {
    const expected = {
      ok: true,
      root: '/vault/user_docs',
      relative: 'a/b.md',
      absolute: '/vault/user_docs/a/b.md',
      display: 'user_docs/a/b.md',
    };
    assert.deepEqual(resolver.resolve('user_docs/a/b.md'), expected);
    assert.deepEqual(resolver.resolve('/vault/user_docs/a/b.md'), expected);
  });

  it('reads a bare workspace id and its root as the folder itself', () => {
    const expected = {
      ok: true,
      root: '/vault/outputs',
      relative: '',
      absolute: '/vault/outputs',
      display: 'outputs',
    };
    assert.deepEqual(resolver.resolve('outputs'), expected);
    assert.deepEqual(resolver.resolve('/vault/outputs'), expected);
  });

  it('takes the longest root, and shows the longest workspace', () => {
    const inner = resolver.resolve('user_docs/inner/x');
    assert.ok(inner.ok);
    assert.deepEqual([inner.root, inner.display], ['/vault/user_docs/inner', 'inner/x']);
    const deep = resolver.resolve('inner/deep/x');
    assert.ok(deep.ok);
    assert.deepEqual(
      [deep.root, deep.relative, deep.display],
      ['/vault/user_docs/inner/deep', 'x', 'inner/deep/x'],
    );
  });

  it('shows the absolute path where no workspace covers it', () => {
    assert.equal(display('/srv/shared/a'), '/srv/shared/a');
  });

  it('refuses what lies below no root, and a longer name that begins like one', () => {
    for (const name of ['/etc/passwd', '/vault', '/vault/user_docs2/a', '/srv/share', '/srv'])
      assert.equal(display(name), 'outside every scope', name);
    for (const name of ['unknown/a', 'a', 'user_docs2', 'constructor', '__proto__/x', 'file:/a'])
      assert.equal(display(name), 'no such workspace', name);
  });

  it('refuses unclean names, never cleans them', () => {
    const unclean = [
      ...['', '/', '//vault/user_docs/a', '/vault//user_docs/a', '/vault/user_docs/', 'user_docs/'],
      ...['user_docs/../outputs/a', '/vault/user_docs/../../etc/passwd', './user_docs/a', '~/a'],
      ...[
        'user_docs/./a',
        'user_docs/a/..',
        'user_docs\\a',
        'file:///etc/passwd',
        'user_docs/%2e%2e/a',
      ],
    ];
    for (const name of unclean) assert.equal(resolver.resolve(name).ok, false, name);
  });

  it('refuses everything that is not a string', () => {
    const names = [undefined, null, 7, true, ['user_docs'], {}, Buffer.from('user_docs/a')];
    for (const name of [...names, new URL('file:///vault/user_docs/a')])
      assert.deepEqual(resolver.resolve(name), { ok: false, reason: 'not a string' });
  });

  it('measures the whole path, not only the part that the name gives', () => {
    const name = `user_docs/${'a/'.repeat(2041)}a`;
    assert.equal(Buffer.byteLength(name) < 4095, true);
    assert.equal(display(name), 'path too long');
  });

  it('always answers with a place inside its root that resolves to itself again', () => {
    const segment = fc.constantFrom(
      'user_docs',
      'inner',
      'deep',
      'outputs',
      'vault',
      'a',
      '..',
      '',
    );
    const name = fc
      .tuple(fc.constantFrom('', '/'), fc.array(segment, { maxLength: 5 }))
      .map(([lead, parts]) => `${lead}${parts.join('/')}`);
    fc.assert(
      fc.property(name, (text) => {
        const found = resolver.resolve(text);
        if (!found.ok) return;
        assert.ok(covers(found.root, found.absolute));
        assert.deepEqual(resolver.resolve(found.absolute), found);
        assert.deepEqual(resolver.resolve(found.display), found);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('makeResolver', () => {
  it('refuses a root that is not a canonical absolute path', () => {
    for (const root of ['relative', '/a/', '/a/../b', '/', ''])
      assert.throws(() => makeResolver(new Map([['x', root]]), []), { code: 'configuration' });
  });
});
