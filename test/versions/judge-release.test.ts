import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions } from './compare-versions.ts';
import { judgeRelease, MOST_DAYS_BEHIND } from './judge-release.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2030, 5, 1);
const daysAgo = (days: number): number => NOW - days * DAY_MS;
const stateOf = (version: string, published: Readonly<Record<string, number>>, name = 'engine') =>
  judgeRelease(name, version, new Map(Object.entries(published)), NOW).state;

test('a version is late once something newer of its line is out for more than a month', () => {
  assert.equal(stateOf('26.1.0', { '26.1.0': daysAgo(400) }), 'current');
  assert.equal(stateOf('26.1.0', { '26.1.1': daysAgo(MOST_DAYS_BEHIND) }), 'behind');
  assert.equal(stateOf('26.1.0', { '26.1.1': daysAgo(MOST_DAYS_BEHIND + 1) }), 'late');
  assert.equal(stateOf('26.1.0', { '26.1.1': daysAgo(90), '26.2.0': daysAgo(1) }), 'late');
});

test('another line, a pre-release and the moments of the package itself are no newer release', () => {
  const others = { created: 0, modified: NOW, '28.0.0': daysAgo(90), '26.2.0-rc.1': daysAgo(90) };
  assert.equal(stateOf('26.1.0', others), 'current');
});

test('a version with a known hole is bad, however new it is', () => {
  assert.equal(stateOf('7.0.0', { '7.0.0': NOW }, 'isolated-vm'), 'bad');
});

test('versions compare by number, and a pre-release comes before its release', () => {
  assert.ok(compareVersions('9.10.0', '9.9.9') > 0);
  assert.ok(compareVersions('7.0.1-rc.1', '7.0.1') < 0);
  assert.equal(compareVersions('7.0.1', '7.0.1'), 0);
  assert.throws(() => compareVersions('latest', '7.0.1'), /no version/);
});
