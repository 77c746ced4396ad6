import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveResources } from '../../../core/broker/grant/resolve.ts';
import { makeResolver } from '../../../core/broker/grant/resource-name.ts';
import type { JsonValue } from '../../../core/vocabulary/json.ts';
import type { Annotation } from '../../../core/vocabulary/manifest.ts';

const resolver = makeResolver(new Map([['docs', '/vault/docs']]), []);
const path: Annotation = { parameter: 'path', capability: 'storage.read', many: false };
const sources: Annotation = { parameter: 'sources', capability: 'storage.read', many: true };

const refusedAt = (annotation: Annotation, value: JsonValue): string => {
  const result = resolveResources([annotation], { [annotation.parameter]: value }, resolver);
  assert.ok(!result.ok);
  assert.equal(result.parameter, annotation.parameter);
  return result.reason;
};

describe('resolveResources', () => {
  it('gives each named resource with its parameter and its place in a list', () => {
    const params = {
      path: 'docs/a',
      sources: ['docs/b', '/vault/docs/c'],
      style: 'docs/not-named',
    };
    const result = resolveResources([path, sources], params, resolver);
    assert.ok(result.ok);
    assert.deepEqual(
      result.resources.map(({ parameter, index, display }) => [parameter, index, display]),
      [
        ['path', null, 'docs/a'],
        ['sources', 0, 'docs/b'],
        ['sources', 1, 'docs/c'],
      ],
    );
    assert.deepEqual(result.resources[0], {
      ...{ capability: 'storage.read', parameter: 'path', index: null, root: '/vault/docs' },
      ...{ relative: 'a', absolute: '/vault/docs/a', display: 'docs/a' },
    });
  });

  it('gives none for an absent parameter, an inherited one and an empty list', () => {
    const none = { ok: true, resources: [] };
    assert.deepEqual(resolveResources([path, sources], {}, resolver), none);
    assert.deepEqual(resolveResources([sources], { sources: [] }, resolver), none);
    const inherited: Annotation = { ...path, parameter: 'constructor' };
    assert.deepEqual(resolveResources([inherited], {}, resolver), none);
  });

  it('refuses a reference in place of a name, at any depth', () => {
    const reference = { $from: 'search', pointer: '/hits/0/path' };
    assert.equal(refusedAt(path, reference), 'expected one literal name');
    assert.equal(refusedAt(sources, reference), 'expected literal names in a list');
    assert.equal(refusedAt(sources, ['docs/a', reference]), 'expected literal names in a list');
  });

  it('refuses another type and one bad name among good ones', () => {
    for (const value of [null, 7, true, {}, ['docs/a']])
      assert.equal(refusedAt(path, value), 'expected one literal name');
    for (const value of ['docs/a', null, ['docs/a', null], [['docs/a']]])
      assert.equal(refusedAt(sources, value), 'expected literal names in a list');
    assert.equal(refusedAt(sources, ['docs/a', 'docs/../b']), 'dot segment');
    assert.equal(refusedAt(path, '/etc/passwd'), 'outside every scope');
  });
});
