import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGroupUsage, parseInstance } from '../../../../core/broker/main/powers/cell-group.ts';

const SELF = { pid: 812, uid: 64_000 };
const parsed = (name: string) => parseInstance(name, 'secai-cell', SELF)?.number;

test('parseInstance reads the names that old and new releases of systemd give', () => {
  assert.equal(parsed('secai-cell@17-812-64000.service'), 17);
  assert.equal(parsed('secai-cell@17-4711-812-64000.service'), 17);
  assert.equal(parsed('secai-cell@17-4711-812_90210-64000.service'), 17);
});

test('parseInstance refuses what another process, user or unit asked for', () => {
  for (const name of [
    'secai-cell@17-813-64000.service',
    'secai-cell@17-812-0.service',
    'secai-cell@17-64000-812.service',
    'secai-cell-strict@17-812-64000.service',
    'secai-cell@17-unknown.service',
    'secai-cell@-812-64000.service',
    'secai-cell@17-812-64000.scope',
    'memory.events',
  ]) {
    assert.equal(parsed(name), undefined, name);
  }
});

test('parseGroupUsage answers nothing where a controller is missing', () => {
  assert.equal(parseGroupUsage('usage_usec 1\n', ''), undefined);
  assert.equal(parseGroupUsage('', 'anon 1\nfile_mapped 1\n'), undefined);
  assert.deepEqual(parseGroupUsage('usage_usec 1500\n', 'anon 3\nfile 9\nfile_mapped 4\n'), {
    cpuMs: 1.5,
    rssBytes: 7,
  });
});
