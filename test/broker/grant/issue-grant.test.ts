import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicGrant } from '../../../core/broker/grant/public-grant.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import type { Mode } from '../../../core/vocabulary/enums.ts';
import { DOCS, grantFor, NOW, OUTPUTS, shipped, TASK } from '../policy/example-request.ts';

test('issueGrant follows the table of modes in wire contract section 7', () => {
  const tools = ['filesystem.list', 'filesystem.read', 'filesystem.write'];
  const rows: readonly (readonly [Mode, readonly string[], readonly string[], boolean, string])[] =
    [
      ['offline_only', [DOCS], tools, false, 'medium'],
      ['standard', [DOCS], tools, false, 'medium'],
      ['online_assisted', [DOCS], tools, true, 'medium'],
      ['sensitive', [], ['filesystem.list', 'filesystem.read'], false, 'high'],
    ];
  for (const [mode, readable, allowed, online, ceiling] of rows) {
    const grant = grantFor({ mode });
    assert.deepEqual(grant.readable_paths, readable);
    assert.deepEqual(grant.writable_paths, [OUTPUTS]);
    assert.deepEqual(grant.allowed_tools, allowed);
    assert.equal(grant.allow_online, online);
    assert.equal(grant.sensitivity_ceiling, ceiling);
    assert.deepEqual(grant.budget_limits, shipped.budgets[mode]);
  }
});

test('issueGrant makes a named workspace readable, and in sensitive mode nothing else', () => {
  assert.deepEqual(grantFor({ workspaces: ['outputs', 'outputs'] }).readable_paths, [
    OUTPUTS,
    DOCS,
  ]);
  const sensitive = grantFor({ mode: 'sensitive', workspaces: ['outputs'] });
  assert.deepEqual(sensitive.readable_paths, [OUTPUTS]);
});

test('issueGrant refuses a workspace that the file does not have, names of prototypes included', () => {
  for (const id of ['nowhere', 'constructor', '__proto__', '', `${DOCS}`]) {
    assert.throws(() => grantFor({ workspaces: [id] }), { code: 'invalid_request' });
  }
});

test('issueGrant binds task, intent and policy, and ends after the work and one approval', () => {
  const grant = grantFor({ mode: 'sensitive' });
  assert.equal(grant.task_id, TASK);
  assert.equal(grant.intent_hash, sha256('find the notes'));
  assert.equal(grant.policy_digest, shipped.digest);
  assert.match(grant.token_id, /^[0-9a-f]{16}$/);
  assert.match(grant.nonce, /^[0-9a-f]{32}$/);
  assert.deepEqual([grant.issued_at, grant.expires_at], [NOW, NOW + 120 + 120]);
});

test('publicGrant withholds paths, tools, preferences and nonce', () => {
  assert.deepEqual(Object.keys(publicGrant(grantFor())).sort(), [
    'allow_online',
    'budget_limits',
    'expires_at',
    'intent_hash',
    'issued_at',
    'policy_digest',
    'sensitivity_ceiling',
    'session_mode',
    'task_id',
    'token_id',
  ]);
});
