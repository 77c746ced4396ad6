import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentPolicy } from '../../../core/broker/policy/agent-policy.ts';
import { decide } from '../../../core/broker/policy/decide.ts';
import { policyEvidence, resourceEvidence } from '../../../core/broker/policy/policy-evidence.ts';
import type { GrantId, StepId } from '../../../core/vocabulary/ids.ts';
import {
  DOCS,
  grantFor,
  NOW,
  OUTPUTS,
  requestFor,
  resourceAt,
  verdict,
} from './example-request.ts';
import { edited, policyFrom, SHIPPED } from './shipped-policy.ts';

// Each key of the file, changed alone, changes what happens.

const NOTE = resourceAt('storage.read', DOCS, 'note.md');
const NEW = resourceAt('storage.create', OUTPUTS, 'new.md');
const shipped = policyFrom(SHIPPED);
const plus = (line: string): AgentPolicy => policyFrom(`${SHIPPED}${line}\n`);

test('budgets of the file are the limits of the grant and of its life', () => {
  const policy = policyFrom(edited(['max_wall_clock_seconds: 600', 'max_wall_clock_seconds: 7']));
  const grant = grantFor({ policy });
  assert.deepEqual(grant.budget_limits, policy.budgets.standard);
  assert.equal(grant.expires_at, NOW + 7 + 900);
  assert.deepEqual(grantFor({ policy, mode: 'sensitive' }).budget_limits, policy.budgets.sensitive);
});

test('workspace.readable and workspace.writable of the file are the scopes', () => {
  const policy = policyFrom(edited(['user_docs/**', 'other/**'], ['outputs/**', 'elsewhere/**']));
  const grant = grantFor({ policy });
  assert.equal(verdict(requestFor('summarize', [NOTE])), 'allow auto');
  assert.equal(verdict(requestFor('summarize', [NOTE], { grant }), policy), 'deny read_scope');
  assert.equal(verdict(requestFor('write_file', [NEW])), 'ask preference_ask');
  assert.equal(verdict(requestFor('write_file', [NEW], { grant }), policy), 'deny write_scope');
});

test('allowed_tools of the file are the tools', () => {
  const policy = policyFrom(edited(['"filesystem.write"', '"calendar.add"']));
  const at = (tool: string) =>
    verdict(requestFor('tool_invoke', [], { tool, grant: grantFor({ policy }) }), policy);
  assert.equal(at('calendar.add'), 'ask preference_ask');
  assert.equal(at('filesystem.write'), 'deny tool_not_allowed');
});

test('configurable_defaults of the file hold where the request states nothing', () => {
  const policy = policyFrom(
    edited(['read_file: ask', 'read_file: never'], ['write_file: ask', 'write_file: always']),
  );
  assert.equal(verdict(requestFor('read_file', [NOTE]), policy), 'deny preference_never');
  assert.equal(verdict(requestFor('summarize', [NOTE]), policy), 'deny preference_never');
  assert.equal(verdict(requestFor('write_file', [NEW]), policy), 'allow preference_always');
  const grant = grantFor({ preferences: { read_file: 'ask' } });
  assert.equal(verdict(requestFor('read_file', [NOTE], { grant }), policy), 'ask preference_ask');
});

test('the default `read_file: ask` alone does not interrupt an automatic read', () => {
  assert.equal(shipped.configurableDefaults.read_file, 'ask');
  assert.equal(verdict(requestFor('summarize', [NOTE])), 'allow auto');
});

test('always_deny of the file denies an action and what it governs, whatever the request prefers', () => {
  const policy = policyFrom(
    edited(['  - change_security', '  - change_security\n  - read_file\n  - draft']),
  );
  const grant = grantFor({ preferences: { read_file: 'always' } });
  assert.equal(verdict(requestFor('read_file', [NOTE], { grant }), policy), 'deny always_deny');
  assert.equal(verdict(requestFor('summarize', [NOTE], { grant }), policy), 'deny always_deny');
  assert.equal(verdict(requestFor('draft', [], { grant }), policy), 'deny always_deny');
  assert.equal(verdict(requestFor('summarize', [], { grant }), policy), 'allow auto');
});

test('hard_approval of the file asks for an action, whatever the request prefers', () => {
  const policy = policyFrom(
    edited(['  - enable_tool', '  - enable_tool\n  - write_file\n  - classify']),
  );
  const grant = grantFor({ preferences: { write_file: 'always' } });
  assert.equal(verdict(requestFor('write_file', [NEW], { grant })), 'allow preference_always');
  assert.equal(verdict(requestFor('write_file', [NEW], { grant }), policy), 'ask hard_approval');
  assert.equal(verdict(requestFor('classify', [], { grant }), policy), 'ask hard_approval');
});

test('modes of the file set the ceilings', () => {
  const policy = plus(
    'modes: {standard: {sensitivity_ceiling: low}, sensitive: {sensitivity_ceiling: medium}}',
  );
  assert.equal(grantFor({ policy }).sensitivity_ceiling, 'low');
  const grant = grantFor({ policy });
  assert.equal(
    verdict(requestFor('draft', [], { grant, label: 'medium' }), policy),
    'deny sensitivity_ceiling',
  );
  assert.equal(grantFor({ policy, mode: 'sensitive' }).sensitivity_ceiling, 'medium');
});

test('modes of the file set what is online', () => {
  const policy = plus('modes: {standard: {online: true}, online_assisted: {online: false}}');
  assert.equal(grantFor({ policy }).allow_online, true);
  const assisted = grantFor({ policy, mode: 'online_assisted' });
  const request = requestFor('outbound_request', [], { grant: assisted });
  assert.equal(verdict(request, policy), 'deny online_not_enabled');
});

test('auto_reads of the file asks before automatic reads, and no request loosens it', () => {
  const policy = plus('auto_reads: ask');
  const grant = grantFor({ preferences: { read_file: 'always' } });
  assert.equal(verdict(requestFor('summarize', [NOTE], { grant }), policy), 'ask auto_reads_ask');
  assert.equal(verdict(requestFor('summarize', [], { grant }), policy), 'allow auto');
});

test('workspaces and approval_ttl_seconds of the file are those of the grant', () => {
  const policy = plus('workspaces: {papers: /srv/papers}\napproval_ttl_seconds: 5');
  const grant = grantFor({ policy, workspaces: ['papers'] });
  assert.deepEqual(grant.readable_paths, ['/srv/papers', DOCS]);
  assert.equal(grant.expires_at, NOW + 600 + 5);
  assert.throws(() => grantFor({ policy, workspaces: ['user_docs'] }), {
    message: 'unknown workspace: user_docs',
  });
});

test('logging of the file governs what the audit log is told of a decision', () => {
  const grant = grantFor();
  const outside = resourceAt('storage.read', OUTPUTS, 'secret-name.md');
  const record = {
    stepId: '0123456789ab' as StepId,
    action: 'summarize',
    decision: decide(requestFor('summarize', [outside], { grant }), shipped),
    tokenId: grant.token_id as GrantId,
    tokenValid: true,
    policyDigest: shipped.digest,
    timestamp: NOW,
  } as const;
  const told = (from: string, to: string): string => {
    const { logging } = policyFrom(edited([from, to]));
    return JSON.stringify([
      policyEvidence(record, logging) ?? null,
      resourceEvidence([outside], logging),
    ]);
  };
  const quiet = told('version: 1', 'version: 1');
  assert.match(
    quiet,
    /"action":"summarize","decision":"deny","rule":"read_scope","risk_level":"auto"/,
  );
  assert.doesNotMatch(quiet, /secret-name/);
  assert.match(quiet, /"path_sha256":"[0-9a-f]{64}"/);
  assert.match(told('log_file_paths: false', 'log_file_paths: true'), /secret-name.*secret-name/);
  assert.doesNotMatch(told('log_step_actions: true', 'log_step_actions: false'), /summarize/);
  assert.match(told('log_policy_decisions: true', 'log_policy_decisions: false'), /^\[null,/);
});
