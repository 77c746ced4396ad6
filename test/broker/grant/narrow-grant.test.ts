import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessOf, narrowGrant } from '../../../core/broker/grant/narrow-grant.ts';
import { grantFor } from '../policy/example-request.ts';

const PARENT = {
  ...grantFor({ preferences: { read_file: 'ask' } }),
  readable_paths: ['/a', '/b/c'],
  writable_paths: ['/out'],
};

test('narrowGrant keeps what no wish speaks of', () => {
  assert.deepEqual(narrowGrant(PARENT, {}), PARENT);
});

test('narrowGrant takes the narrower of two folders and drops those without a common part', () => {
  const wish = { readable_paths: ['/a/x', '/b', '/d', '/aa'], writable_paths: [] };
  const child = narrowGrant(PARENT, wish);
  assert.deepEqual(child.readable_paths, ['/a/x', '/b/c']);
  assert.deepEqual(child.writable_paths, []);
});

test('narrowGrant lowers ceiling, time, budgets, tools and online, and tightens preferences', () => {
  const online = { ...PARENT, allow_online: true };
  const child = narrowGrant(online, {
    allow_online: false,
    sensitivity_ceiling: 'low',
    expires_at: PARENT.issued_at + 1,
    allowed_tools: ['filesystem.read', 'shell'],
    preferences: { read_file: 'never', write_file: 'never' },
    budget_limits: { max_steps: 1 },
  });
  assert.equal(child.allow_online, false);
  assert.equal(child.sensitivity_ceiling, 'low');
  assert.equal(child.expires_at, PARENT.issued_at + 1);
  assert.deepEqual(child.allowed_tools, ['filesystem.read']);
  assert.deepEqual(child.preferences, { read_file: 'never', write_file: 'never' });
  assert.deepEqual(child.budget_limits, { ...PARENT.budget_limits, max_steps: 1 });
});

test('accessOf gives a gateway the scopes and the ceiling', () => {
  assert.deepEqual(accessOf(PARENT), {
    readable: ['/a', '/b/c'],
    writable: ['/out'],
    ceiling: 'medium',
  });
});
