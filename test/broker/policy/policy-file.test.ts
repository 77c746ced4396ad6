import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyFile } from '../../../core/broker/policy/policy-file.ts';
import type { Budgets } from '../../../core/vocabulary/budget.ts';
import { makeValidator } from '../../../core/vocabulary/parse/ajv.ts';
import schema from '../../../schemas/agent-policy.schema.json' with { type: 'json' };
import { schemaObjects, type Whole } from '../../vocabulary/parse/schema-objects.ts';

const budgets: Budgets = {
  max_steps: 1,
  max_tool_calls: 1,
  max_tokens: 1,
  max_wall_clock_seconds: 1,
  max_files_touched: 1,
  max_output_bytes: 1,
};
const mode = { online: false, sensitivity_ceiling: 'low' } as const;

/** Every key of the type: one that it lacks, or has too many, does not compile here. */
const WHOLE: Whole<PolicyFile> = {
  version: 1,
  default_mode: 'standard',
  budgets: {
    offline_only: budgets,
    standard: budgets,
    online_assisted: budgets,
    sensitive: budgets,
  },
  workspace: { readable: ['/a'], writable: ['/b'] },
  allowed_tools: ['a.b'],
  configurable_defaults: {
    read_file: 'ask',
    write_file: 'ask',
    overwrite_file: 'ask',
    tool_invoke: 'ask',
  },
  always_deny: ['change_security'],
  hard_approval: ['export_data'],
  worker: { sensitive_mode_recycle: true, tmpfs_scratch: true, no_ambient_secrets: true },
  logging: {
    log_policy_decisions: true,
    log_step_actions: true,
    log_raw_prompts: false,
    log_raw_content: false,
    log_file_paths: false,
  },
  modes: { offline_only: mode, standard: mode, online_assisted: mode, sensitive: mode },
  workspaces: { docs: '/a' },
  approval_ttl_seconds: 1,
  auto_reads: 'allow',
  index: { at_rest: false },
};

/** No key that the type lets out: one that the type demands and that is missing does not compile here. */
const LEAST: PolicyFile = { version: 1, workspace: { readable: [], writable: [] } };
const LEAST_INSIDE: PolicyFile = {
  ...LEAST,
  budgets: { standard: budgets },
  configurable_defaults: {},
  worker: {},
  logging: {},
  modes: { standard: {} },
  index: { at_rest: false },
};

const fits = makeValidator(schema);

test('the type of the policy file and its schema know the same keys at every place', () => {
  assert.ok(fits(WHOLE).ok);
  const objects = schemaObjects(schema, WHOLE);
  assert.ok(objects.length > 10, `found ${objects.length} objects`);
  for (const { at, properties, keys } of objects) assert.deepEqual(keys, properties, at);
});

test('what the type of the policy file demands, its schema demands, and no more', () => {
  assert.ok(fits(LEAST).ok && fits(LEAST_INSIDE).ok);
  const [root] = schemaObjects(schema, LEAST);
  assert.deepEqual(root?.keys, root?.required);
  const objects = schemaObjects(schema, LEAST_INSIDE);
  for (const { at, required, keys } of objects.filter((object) => object.at !== '')) {
    if (!['/budgets', '/modes'].includes(at)) assert.deepEqual(keys, required, at);
  }
});
