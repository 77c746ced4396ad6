import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_DEATHS, makeQuarantine } from '../../../core/broker/supervisor/quarantine.ts';
import { pluginOf } from './job.ts';

const bad = pluginOf('bad');
const good = pluginOf('good');
const REFUSED = { code: 'quarantined' };

const begin = () => {
  const clock = { now: 1000 };
  const quarantine = makeQuarantine(() => clock.now);
  const die = (times = MOST_DEATHS) =>
    Array.from({ length: times }, () => quarantine.died(bad, 'crash')).at(-1);
  return { clock, quarantine, die };
};

test('a plugin is quarantined at its fifth death without a completed step, and no other plugin is', () => {
  const { quarantine, die } = begin();
  assert.equal(die(MOST_DEATHS - 1), undefined);
  quarantine.admit(bad);
  assert.deepEqual(die(1), { plugin: bad, deaths: 5, reason: 'crash', leftMs: 60_000 });
  assert.throws(() => quarantine.admit(bad), REFUSED);
  assert.deepEqual(quarantine.list(), [
    { plugin: bad, deaths: 5, reason: 'crash', leftMs: 60_000 },
  ]);
  quarantine.admit(good);
});

test('a completed step between two deaths begins the count anew', () => {
  const { quarantine, die } = begin();
  for (let i = 0; i < 10; i += 1) {
    assert.equal(die(MOST_DEATHS - 1), undefined);
    assert.equal(quarantine.survived(bad), false);
  }
  quarantine.admit(bad);
});

test('after its wait one step is let through, and while it runs no second one', () => {
  const { clock, quarantine, die } = begin();
  die();
  clock.now += 59_999;
  assert.throws(() => quarantine.admit(bad), REFUSED);
  clock.now += 1;
  quarantine.admit(bad);
  assert.throws(() => quarantine.admit(bad), REFUSED);
  // Ended without a death and without success: neither lifts nor prolongs it.
  quarantine.ended(bad);
  quarantine.admit(bad);
  quarantine.ended(bad);
  assert.equal(quarantine.survived(bad), true);
  assert.deepEqual(quarantine.list(), []);
  quarantine.admit(bad);
  quarantine.admit(bad);
});

test('each death of the one step doubles the wait, up to an hour', () => {
  const { clock, quarantine, die } = begin();
  const waits = [die()?.leftMs];
  for (let i = 0; i < 8; i += 1) {
    clock.now += waits.at(-1) ?? 0;
    quarantine.admit(bad);
    waits.push(quarantine.died(bad, 'memory')?.leftMs);
    quarantine.ended(bad);
  }
  const minutes = waits.map((ms) => (ms ?? 0) / 60_000);
  assert.deepEqual(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
  assert.equal(quarantine.list()[0]?.deaths, 13);
});

test('what was under way when the quarantine began does not prolong it', () => {
  const { clock, quarantine, die } = begin();
  die();
  clock.now += 1000;
  assert.equal(quarantine.died(bad, 'violation'), undefined);
  assert.equal(quarantine.died(bad, 'violation'), undefined);
  assert.deepEqual(quarantine.list(), [
    { plugin: bad, deaths: 7, reason: 'violation', leftMs: 59_000 },
  ]);
});
