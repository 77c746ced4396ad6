import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../core/broker/policy/decide.ts';
import { sha256 } from '../../core/vocabulary/digest.ts';
import {
  DOCS,
  grantFor,
  NOW,
  OUTPUTS,
  requestFor,
  resourceAt,
} from '../broker/policy/example-request.ts';
import { policyFrom, SHIPPED } from '../broker/policy/shipped-policy.ts';

test('policy.shipped: the predecessor file loads unchanged, each key with its meaning', () => {
  const { workspaces: _, online: __, ceilings: ___, ...policy } = policyFrom(SHIPPED);
  const usual = { max_tool_calls: 80, max_tokens: 32_000, max_files_touched: 20 };
  const normal = {
    ...usual,
    max_steps: 30,
    max_wall_clock_seconds: 600,
    max_output_bytes: 1_048_576,
  };
  assert.deepEqual(policy, {
    version: 1,
    defaultMode: 'standard',
    budgets: {
      offline_only: { ...normal, max_steps: 20, max_tool_calls: 50, max_wall_clock_seconds: 300 },
      standard: normal,
      online_assisted: normal,
      sensitive: {
        max_steps: 10,
        max_tool_calls: 20,
        max_tokens: 16_000,
        max_wall_clock_seconds: 120,
        max_files_touched: 5,
        max_output_bytes: 524_288,
      },
    },
    readable: [DOCS],
    writable: [OUTPUTS],
    allowedTools: ['filesystem.read', 'filesystem.write', 'filesystem.list'],
    configurableDefaults: {
      read_file: 'ask',
      write_file: 'ask',
      overwrite_file: 'ask',
      tool_invoke: 'ask',
    },
    alwaysDeny: ['change_security'],
    hardApproval: [
      'outbound_request',
      'export_data',
      'trust_change',
      'batch_delete',
      'widen_scope',
      'enable_tool',
    ],
    autoReads: 'allow',
    approvalTtlSeconds: 900,
    logging: {
      policyDecisions: true,
      stepActions: true,
      filePaths: false,
      rawPrompts: false,
      rawContent: false,
    },
    worker: { sensitiveModeRecycle: true, tmpfsScratch: true, noAmbientSecrets: true },
    index: { atRest: false },
    digest: sha256(SHIPPED),
  });
});

test('policy.shipped: the predecessor file governs a task from grant to decision', () => {
  const policy = policyFrom(SHIPPED);
  const grant = grantFor({ policy, mode: 'sensitive', workspaces: ['user_docs'] });
  assert.deepEqual(grant.budget_limits, policy.budgets.sensitive);
  assert.equal(grant.expires_at, NOW + 120 + 120);
  const effects = [
    requestFor('summarize', [resourceAt('storage.read', DOCS, 'a.md')], { grant }),
    requestFor('read_file', [resourceAt('storage.read', DOCS, 'a.md')], { grant }),
    requestFor('write_file', [resourceAt('storage.create', OUTPUTS, 'a.md')], { grant }),
    requestFor('read_file', [resourceAt('storage.read', OUTPUTS, 'a.md')], { grant }),
    requestFor('write_file', [resourceAt('storage.create', DOCS, 'a.md')], { grant }),
  ].map((request) => decide(request, policy).effect);
  assert.deepEqual(effects, ['allow', 'ask', 'ask', 'deny', 'deny']);
});
