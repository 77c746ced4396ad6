import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCellArguments } from '../../core/cell/cell-arguments.ts';

test('a cell is told its profile, a core, and whether it may be weak', () => {
  assert.deepEqual(parseCellArguments(['strict']), {
    profile: 'strict',
    weak: false,
    core: undefined,
  });
  assert.deepEqual(parseCellArguments(['vetting', '--core=3', '--weak']), {
    profile: 'vetting',
    weak: true,
    core: 3,
  });
});

test('a cell refuses every other word, and one that is said twice', () => {
  for (const words of [
    [],
    ['none'],
    ['__proto__'],
    ['standard', 'strict'],
    ['standard', '--strong'],
    ['standard', '--weak', '--weak'],
    ['standard', '--core=1', '--core=2'],
    ['standard', '--core='],
    ['standard', '--core=-1'],
    ['standard', '--core=99999'],
  ]) {
    assert.throws(() => parseCellArguments(words), { code: 'configuration' }, words.join(' '));
  }
});
