import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertNewer,
  compareVersions,
} from '../../../../core/broker/catalog/package/version-order.ts';

test('compareVersions() orders by number, part by part, however long the numbers are', () => {
  const ascending = [
    '0.0.1',
    '0.0.10',
    '0.2.0',
    '0.10.0',
    '1.0.0',
    '1.0.9007199254740992',
    '1.0.9007199254740993',
    '2.0.0',
  ];
  for (const [a, left] of ascending.entries()) {
    for (const [b, right] of ascending.entries()) {
      assert.equal(Math.sign(compareVersions(left, right)), Math.sign(a - b), `${left} ${right}`);
    }
  }
});

test('compareVersions() refuses what is not three plain numbers', () => {
  for (const text of ['1.0', '1.0.0-rc', '01.0.0', '1.0.0 ', '1.0.0\n', '1.-1.0', '１.0.0']) {
    assert.throws(() => compareVersions(text, '1.0.0'), { code: 'package_invalid' }, text);
  }
});

test('assertNewer() lets only a higher version through', () => {
  assert.doesNotThrow(() => assertNewer('1.0.1', '1.0.0'));
  for (const candidate of ['1.0.0', '0.9.9']) {
    assert.throws(() => assertNewer(candidate, '1.0.0'), { code: 'version_not_newer' });
  }
});
