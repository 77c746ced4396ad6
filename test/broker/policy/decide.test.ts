import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTION_FACTS } from '../../../core/broker/policy/action-facts.ts';
import { ACTIONS, MODES, type Mode } from '../../../core/vocabulary/enums.ts';
import {
  DOCS,
  denialOf,
  grantFor,
  NOW,
  OUTPUTS,
  reasonOf,
  requestFor,
  resourceAt,
  shipped,
  verdict,
} from './example-request.ts';
import { edited, policyFrom } from './shipped-policy.ts';

const NOTE = resourceAt('storage.read', DOCS, 'note.md');
const NEW = resourceAt('storage.create', OUTPUTS, 'new.md');
const OLD = resourceAt('storage.replace', OUTPUTS, 'old.md');

test('decide allows an automatic action that reads inside the scope', () => {
  assert.equal(verdict(requestFor('summarize', [NOTE])), 'allow auto');
  assert.equal(reasonOf(requestFor('summarize', [NOTE])), 'low-risk action, auto-approved');
});

test('decide allows nothing after the grant has expired, and all until then', () => {
  const { expires_at: end } = grantFor();
  assert.equal(verdict(requestFor('summarize', [], { now: end })), 'allow auto');
  const late = denialOf(requestFor('summarize', [], { now: end + 1 }));
  assert.deepEqual([late.rule, late.reason], ['token_expired', 'capability token expired']);
});

test('decide always denies change_security, also with an executor', () => {
  for (const mode of MODES) {
    const request = requestFor('change_security', [], { grant: grantFor({ mode }) });
    assert.equal(verdict(request), 'deny always_deny');
  }
});

test('decide denies an action without an executor in every mode, with the words of the contract', () => {
  for (const action of ACTIONS.filter((name) => name !== 'change_security')) {
    const denial = denialOf(requestFor(action, [], { installed: false }));
    assert.equal(denial.rule, 'no_executor');
    assert.equal(denial.reason, `action '${action}' has no production executor and is denied`);
  }
});

test('decide asks for each of the six high-risk actions whatever the preference', () => {
  const hard = ACTIONS.filter((name) => ACTION_FACTS[name].risk === 'approval_required');
  const asked = hard.filter((name) => name !== 'change_security');
  assert.equal(asked.length, 6);
  for (const action of asked) {
    for (const preference of ['always', 'ask', 'never'] as const) {
      const grant = grantFor({
        mode: 'online_assisted',
        preferences: { read_file: preference, write_file: preference, tool_invoke: preference },
      });
      const request = requestFor(action, [], { grant });
      assert.equal(verdict(request), 'ask hard_approval');
      assert.equal(reasonOf(request), `high-risk action '${action}' requires approval`);
    }
  }
});

test('decide keeps both floors, also under a policy that has lost them', () => {
  const bare = { ...shipped, alwaysDeny: [], hardApproval: [] };
  assert.equal(verdict(requestFor('change_security'), bare), 'deny always_deny');
  assert.equal(verdict(requestFor('trust_change'), bare), 'ask hard_approval');
});

test('decide blocks online actions in the modes that are never online', () => {
  const at = (mode: Mode) => requestFor('outbound_request', [], { grant: grantFor({ mode }) });
  assert.equal(verdict(at('offline_only')), 'deny mode_blocks_online');
  assert.equal(reasonOf(at('offline_only')), 'offline-only mode blocks all online actions');
  assert.equal(verdict(at('sensitive')), 'deny mode_blocks_online');
  assert.equal(verdict(at('online_assisted')), 'ask hard_approval');
});

test('decide lets standard mode online only where the file says so, and then asks', () => {
  const request = requestFor('outbound_request');
  assert.equal(verdict(request), 'deny online_not_enabled');
  assert.equal(reasonOf(request), 'online augmentation not enabled for this session');
  const online = policyFrom(
    edited(['version: 1', 'version: 1\nmodes: {standard: {online: true}}']),
  );
  const grant = grantFor({ policy: online });
  assert.equal(verdict(requestFor('outbound_request', [], { grant }), online), 'ask hard_approval');
  // A grant of the time when it was online gains nothing after the file has changed, nor the reverse.
  assert.equal(verdict(requestFor('outbound_request', [], { grant })), 'deny online_not_enabled');
  assert.equal(verdict(request, online), 'deny online_not_enabled');
});

test('decide denies a read outside the readable scope and names it by its display form', () => {
  const request = requestFor('summarize', [NOTE, resourceAt('storage.read', OUTPUTS, 'a.md')]);
  assert.equal(verdict(request), 'deny read_scope');
  assert.equal(reasonOf(request), "path 'outputs/a.md' not in readable scope");
  const named = grantFor({ workspaces: ['outputs'] });
  assert.equal(verdict({ ...request, grant: named }), 'allow auto');
});

test('decide denies a write outside the writable scope, also where it may read', () => {
  const grant = grantFor({ preferences: { write_file: 'always' } });
  const request = requestFor('write_file', [resourceAt('storage.create', DOCS, 'a.md')], { grant });
  assert.equal(verdict(request), 'deny write_scope');
  assert.equal(reasonOf(request), "path 'user_docs/a.md' not in writable scope");
});

test('decide reads in sensitive mode only what the request names', () => {
  const none = grantFor({ mode: 'sensitive', preferences: { read_file: 'always' } });
  assert.equal(verdict(requestFor('read_file', [NOTE], { grant: none })), 'deny read_scope');
  assert.equal(verdict(requestFor('summarize', [NOTE], { grant: none })), 'deny read_scope');
  const named = grantFor({ mode: 'sensitive', workspaces: ['user_docs'] });
  assert.equal(verdict(requestFor('summarize', [NOTE], { grant: named })), 'allow auto');
  assert.equal(verdict(requestFor('read_file', [NOTE], { grant: named })), 'ask preference_ask');
});

test('decide denies an automatic action that would write', () => {
  const grant = grantFor({ preferences: { write_file: 'always' } });
  const denial = denialOf(requestFor('report', [NEW], { grant }));
  assert.equal(denial.rule, 'auto_never_writes');
  assert.match(denial.remedy ?? '', /write_file/);
});

test('decide follows the preference of the request before the default of the file', () => {
  const at = (preference: 'always' | 'ask' | 'never') =>
    requestFor('read_file', [NOTE], {
      grant: grantFor({ preferences: { read_file: preference } }),
    });
  assert.equal(verdict(at('always')), 'allow preference_always');
  assert.equal(reasonOf(at('always')), "user preference: always allow 'read_file'");
  assert.equal(verdict(at('ask')), 'ask preference_ask');
  assert.equal(reasonOf(at('ask')), "configurable action 'read_file' - awaiting approval");
  assert.equal(verdict(at('never')), 'deny preference_never');
  assert.equal(reasonOf(at('never')), "user preference: never allow 'read_file'");
  assert.equal(verdict(requestFor('read_file', [NOTE])), 'ask preference_ask');
});

test('decide takes the strictest preference that governs a capability of the step', () => {
  const at = (write: 'always' | 'ask', overwrite: 'always' | 'ask' | 'never') =>
    requestFor('write_file', [NEW, OLD], {
      grant: grantFor({ preferences: { write_file: write, overwrite_file: overwrite } }),
    });
  assert.equal(verdict(at('always', 'always')), 'allow preference_always');
  assert.equal(verdict(at('always', 'ask')), 'ask preference_ask');
  assert.equal(verdict(at('ask', 'never')), 'deny preference_never');
});

test('decide interrupts an automatic read only by an explicit choice', () => {
  const at = (preference: 'always' | 'ask' | 'never') =>
    requestFor('local_search', [resourceAt('storage.search', DOCS, '')], {
      grant: grantFor({ preferences: { read_file: preference } }),
    });
  assert.equal(verdict(at('always')), 'allow auto');
  assert.equal(verdict(at('ask')), 'ask auto_reads_ask');
  assert.equal(verdict(at('never')), 'deny preference_never');
  // An automatic action that reads nothing is not about reading.
  assert.equal(verdict({ ...at('never'), resolution: { ok: true, resources: [] } }), 'allow auto');
});

test('decide denies data above the ceiling, and a label that it does not know', () => {
  const at = (label: 'medium' | 'high', mode: Mode) =>
    requestFor('summarize', [], { label, grant: grantFor({ mode }) });
  assert.equal(verdict(at('medium', 'standard')), 'allow auto');
  assert.equal(verdict(at('high', 'standard')), 'deny sensitivity_ceiling');
  assert.equal(reasonOf(at('high', 'standard')), "sensitivity 'high' exceeds ceiling 'medium'");
  assert.equal(verdict(at('high', 'sensitive')), 'allow auto');
});

test('decide lets tool_invoke name only a tool that the grant holds', () => {
  const at = (tool: string | undefined, mode: Mode) =>
    requestFor('tool_invoke', [], {
      grant: grantFor({ mode, preferences: { tool_invoke: 'always' } }),
      ...(tool === undefined ? {} : { tool }),
    });
  assert.equal(verdict(at('filesystem.write', 'standard')), 'allow preference_always');
  assert.equal(verdict(at('filesystem.write', 'sensitive')), 'deny tool_not_allowed');
  assert.equal(verdict(at('filesystem', 'standard')), 'deny tool_not_allowed');
  assert.equal(verdict(at(undefined, 'standard')), 'deny tool_not_enabled');
  const disabled = { ...at('filesystem.read', 'standard'), toolEnabled: false };
  assert.equal(verdict(disabled), 'deny tool_not_enabled');
  assert.equal(reasonOf(disabled), "tool 'filesystem.read' is not enabled");
  assert.equal(reasonOf(at('shell', 'standard')), "tool 'shell' not in allowed tools");
});

test('decide lets deny win over ask and ask over allow', () => {
  const asks = policyFrom(edited(['  - enable_tool', '  - enable_tool\n  - read_file']));
  const always = grantFor({ preferences: { read_file: 'always' } });
  const request = requestFor('read_file', [NOTE], { grant: always });
  assert.equal(verdict(request, asks), 'ask hard_approval');
  const outside = requestFor('read_file', [resourceAt('storage.read', '/etc', 'hosts')], {
    grant: always,
  });
  assert.equal(verdict(outside, asks), 'deny read_scope');
});

test('decide says what a user can do about each denial that one can do something about', () => {
  const denials = [
    denialOf(requestFor('read_file', [resourceAt('storage.read', OUTPUTS, 'a')])),
    denialOf(requestFor('draft', [], { installed: false })),
    denialOf(requestFor('summarize', [], { now: NOW * 2 })),
    denialOf(requestFor('outbound_request')),
  ];
  for (const { remedy } of denials) assert.ok(remedy !== null && remedy.length > 0);
});
