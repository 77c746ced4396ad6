import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { approvalTtl } from '../../../core/broker/policy/agent-policy.ts';
import { parseAgentPolicy } from '../../../core/broker/policy/parse-agent-policy.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import { ACTIONS, LABELS, MODES, PREFERENCES } from '../../../core/vocabulary/enums.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import schema from '../../../schemas/agent-policy.schema.json' with { type: 'json' };
import { edited, policyFrom, SHIPPED } from './shipped-policy.ts';

const withLines = (...lines: readonly string[]): string => `${SHIPPED}${lines.join('\n')}\n`;

test('parseAgentPolicy fills in the defaults of what the shipped file leaves out', () => {
  const policy = policyFrom(SHIPPED);
  assert.deepEqual(
    policy.workspaces,
    new Map([
      ['user_docs', '/var/lib/secure-ai/vault/user_docs'],
      ['outputs', '/var/lib/secure-ai/vault/outputs'],
    ]),
  );
  const { online, ceilings, autoReads, approvalTtlSeconds, index } = policy;
  assert.deepEqual(online, {
    offline_only: false,
    standard: false,
    online_assisted: true,
    sensitive: false,
  });
  assert.deepEqual(ceilings, {
    offline_only: 'medium',
    standard: 'medium',
    online_assisted: 'medium',
    sensitive: 'high',
  });
  assert.deepEqual([autoReads, approvalTtlSeconds, index], ['allow', 900, { atRest: false }]);
});

test('the documented example loads, and its optional keys are the defaults', async () => {
  const text = await readFile(join(PACKAGE_ROOT, 'schemas/examples/agent.yaml'), 'utf8');
  const { digest: _, ...example } = policyFrom(text);
  const { digest: __, ...shipped } = policyFrom(SHIPPED);
  assert.deepEqual(example, shipped);
});

test('parseAgentPolicy keeps the floors whatever the file says', () => {
  const policy = policyFrom(
    edited(
      ['  - change_security\n', ''],
      ['always_deny:', 'always_deny: []'],
      ['hard_approval:\n', 'hard_approval: [summarize]\n'],
      ['  - outbound_request\n  - export_data\n  - trust_change\n', ''],
      ['  - batch_delete\n  - widen_scope\n  - enable_tool\n', ''],
    ),
  );
  assert.deepEqual(policy.alwaysDeny, ['change_security']);
  assert.equal(policy.hardApproval.length, 7);
});

test('the digest is the SHA-256 of the bytes, line ends and all', () => {
  assert.equal(policyFrom(SHIPPED).digest, sha256(SHIPPED));
  const dos = Buffer.from(SHIPPED.replaceAll('\n', '\r\n'));
  const policy = parseAgentPolicy(dos, 'agent.yaml');
  assert.equal(policy.digest, sha256(dos));
  assert.deepEqual(policy.readable, policyFrom(SHIPPED).readable);
});

test('an approval waits as long as the file says, in sensitive mode at most two minutes', () => {
  const slow = policyFrom(withLines('approval_ttl_seconds: 3600'));
  assert.deepEqual([approvalTtl(slow, 'standard'), approvalTtl(slow, 'sensitive')], [3600, 120]);
  const quick = policyFrom(withLines('approval_ttl_seconds: 1'));
  assert.deepEqual([approvalTtl(quick, 'standard'), approvalTtl(quick, 'sensitive')], [1, 1]);
});

test('the schema knows the same words as the vocabulary', () => {
  const { mode, preference, actions, modeOptions } = schema.$defs;
  assert.deepEqual(mode.enum, [...MODES]);
  assert.deepEqual(preference.enum, [...PREFERENCES]);
  assert.deepEqual(actions.items.enum, [...ACTIONS]);
  assert.deepEqual(modeOptions.properties.sensitivity_ceiling.enum, [...LABELS]);
});

const last = (line: string): { readonly text: string; readonly line: number } => ({
  text: withLines(line),
  line: SHIPPED.split('\n').length,
});

const place = (text: string, needle: string): number =>
  text.slice(0, text.indexOf(needle)).split('\n').length;

const at = (from: string, to: string): { readonly text: string; readonly line: number } => {
  const text = edited([from, to]);
  return { text, line: place(text, to) };
};

const REFUSED: readonly [what: string, { text: string; line: number }, says: RegExp][] = [
  ['a mode online that never is', last('modes: {sensitive: {online: true}}'), /never online/],
  ['offline_only online', last('modes: {offline_only: {online: true}}'), /never online/],
  ['an unknown mode', last('modes: {turbo: {online: true}}'), /turbo/],
  ['a relative workspace', last('workspaces: {docs: docs}'), /absolute folder/],
  ['a workspace that is a pattern', last('workspaces: {docs: /docs/**}'), /absolute folder/],
  ['the root as a workspace', last('workspaces: {all: /}'), /absolute folder/],
  ['two workspaces in one folder', last('workspaces: {a: /docs, b: /docs}'), /already/],
  ['a workspace id in capitals', last('workspaces: {Docs: /docs}'), /Docs/],
  ['a workspace id that is a path', last('workspaces: {"a/b": /docs}'), /a\/b/],
  ['the prototype as a workspace', last('workspaces: {__proto__: /docs}'), /__proto__/],
  ['an approval time of zero', last('approval_ttl_seconds: 0'), />= 1/],
  ['an approval time of two days', last('approval_ttl_seconds: 172800'), /<= 86400/],
  ['a third word for auto_reads', last('auto_reads: never'), /allow/],
  ['an index at rest', last('index: {at_rest: true}'), /does not exist yet/],
  ['raw prompts in the log', at('log_raw_prompts: false', 'log_raw_prompts: true'), /never logged/],
  ['raw content in the log', at('log_raw_content: false', 'log_raw_content: true'), /never logged/],
  ['ambient secrets', at('no_ambient_secrets: true', 'no_ambient_secrets: false'), /switched off/],
  [
    'a scope of everything',
    at('"/var/lib/secure-ai/vault/user_docs/**"', '"/**"'),
    /absolute folder/,
  ],
  [
    'a scope with a star inside',
    at('"/var/lib/secure-ai/vault/user_docs/**"', '"/srv/*/docs"'),
    /absolute folder/,
  ],
  [
    'a scope that climbs',
    at('"/var/lib/secure-ai/vault/outputs/**"', '"/srv/../etc"'),
    /absolute folder/,
  ],
  ['a tool wildcard', at('"filesystem.read"', '"filesystem.*"'), /pattern/],
  ['an action that is none', at('- change_security', '- change_everything'), /expected one of/],
  ['a budget of zero', at('max_steps: 30', 'max_steps: 0'), />= 1/],
  ['a budget in words', at('max_steps: 30', 'max_steps: many'), /integer/],
  ['a later version', at('version: 1', 'version: 2'), /expected `1`/],
  ['null for a list', at('always_deny:\n  - change_security', 'always_deny: ~'), /array/],
];

for (const [what, { text, line }, says] of REFUSED) {
  test(`parseAgentPolicy refuses ${what}, naming the line`, () => {
    assert.throws(
      () => policyFrom(text),
      (error: Error) => {
        assert.match(error.message, says);
        assert.match(error.message, new RegExp(`^agent\\.yaml:${line}:\\d+: `));
        return true;
      },
    );
  });
}

const without = (key: string): string =>
  SHIPPED.replace(new RegExp(`^${key}:.*\\n(?: .*\\n)*`, 'm'), '');

test('parseAgentPolicy fills each key that is left out with the shipped value, tools with none', () => {
  const { digest: _, ...shipped } = policyFrom(SHIPPED);
  const keys = SHIPPED.split('\n').flatMap((line) => /^([a-z_]+):/.exec(line)?.[1] ?? []);
  assert.equal(keys.length, 10);
  for (const key of keys.filter((name) => name !== 'version' && name !== 'workspace')) {
    const { digest: __, ...policy } = policyFrom(without(key));
    const expected = key === 'allowed_tools' ? { ...shipped, allowedTools: [] } : shipped;
    assert.deepEqual(policy, expected, key);
  }
});

test('parseAgentPolicy loads a file of nothing but a version and scopes', () => {
  const policy = policyFrom('version: 1\nworkspace: {readable: [/srv/in], writable: []}\n');
  assert.deepEqual([policy.readable, policy.writable], [['/srv/in'], []]);
  assert.deepEqual(policy.alwaysDeny, ['change_security']);
  assert.equal(policy.hardApproval.length, 6);
});

test('parseAgentPolicy refuses a file without a version or without scopes', () => {
  for (const key of ['version', 'workspace']) {
    const message = new RegExp(`missing key \`${key}\``);
    assert.throws(() => policyFrom(without(key)), { code: 'policy_file', message });
  }
  const half = edited(['    max_steps: 30\n', '']);
  assert.throws(() => policyFrom(half), { message: /missing key `max_steps`/ });
});

test('parseAgentPolicy refuses bytes that are no UTF-8, naming the line', () => {
  const bytes = Buffer.concat([Buffer.from('version: 1\n# '), Buffer.of(0xff), Buffer.from('\n')]);
  assert.throws(() => parseAgentPolicy(bytes, 'agent.yaml'), {
    message: /^agent\.yaml:2:1: .*UTF-8/,
  });
});

test('parseAgentPolicy refuses an empty file and one that is too large', () => {
  assert.throws(() => policyFrom(''), { code: 'policy_file' });
  assert.throws(() => policyFrom(`${SHIPPED}#${'x'.repeat(65_536)}`), { message: /65536 bytes/ });
});
