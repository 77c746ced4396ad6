import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalTarget, pathOf } from '../../../core/broker/http/request-path.ts';

test('every spelling of a path has one canonical form, decoded once', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['/v1/task', '/v1/task'],
    ['/%76%31/%74ask?limit=%31', '/v1/task?limit=%31'],
    ['/v1%2Ftask', '/v1/task'],
    ['/v1/task/%2e%2E', '/v1/task/..'],
    ['/v1/task/%252e', '/v1/task/%252e'],
    ['/v1/task/a%3Ab', '/v1/task/a%3Ab'],
    ['/%zz', '/%25zz'],
    ['/%ff', '/%EF%BF%BD'],
    ['*', '/*'],
    ['http://h/v1/modes', '/http%3A//h/v1/modes'],
    ['//v1//modes/', '//v1//modes/'],
  ];
  for (const [target, canonical] of rows) assert.equal(canonicalTarget(target), canonical, target);
  assert.equal(pathOf('/a?b?c'), '/a');
});

test('canonicalTarget() is total, and a second decoding of a segment gives the segment', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const path = pathOf(canonicalTarget(Buffer.from(text, 'utf8').toString('latin1')));
      assert.ok(path.startsWith('/'));
      for (const segment of path.split('/'))
        assert.equal(encodeURIComponent(decodeURIComponent(segment)), segment);
    }),
  );
});
