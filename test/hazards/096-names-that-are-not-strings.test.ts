import assert from 'node:assert/strict';
import { it } from 'node:test';
import { resolveResources } from '../../core/broker/grant/resolve.ts';
import { makeResolver } from '../../core/broker/grant/resource-name.ts';
import type { Annotation } from '../../core/vocabulary/manifest.ts';

// Attack 96: a path check that is written for strings and meets something else. The audit record of a
// refused step is asserted where steps are executed.
const resolver = makeResolver(new Map([['docs', '/vault/docs']]), []);

it('a buffer, an array, a URL object or anything with toString is no name', () => {
  const trick = { toString: () => 'docs/a', [Symbol.toPrimitive]: () => 'docs/a' };
  const names = [
    ...[Buffer.from('docs/a'), new Uint8Array([100]), ['docs/a'], new URL('file:///vault/docs/a')],
    ...[
      Object('docs/a'),
      trick,
      { href: 'file:///vault/docs/a' },
      null,
      undefined,
      1,
      true,
      () => 'docs/a',
    ],
  ];
  for (const name of names)
    assert.deepEqual(resolver.resolve(name), { ok: false, reason: 'not a string' });
});

it('a file URL in a string is no name either', () => {
  for (const name of ['file:///vault/docs/a', 'file:/vault/docs/a', 'file:docs/a', 'FILE://docs/a'])
    assert.equal(resolver.resolve(name).ok, false, name);
});

it('a parameter that holds anything but a literal string gives the step no resource', () => {
  const path: Annotation = { parameter: 'path', capability: 'storage.read', many: false };
  for (const value of [1, null, ['docs/a'], { type: 'Buffer', data: [100] }, { href: 'docs/a' }])
    assert.equal(resolveResources([path], { path: value }, resolver).ok, false);
});
