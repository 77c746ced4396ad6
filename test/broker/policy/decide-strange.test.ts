import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentPolicy } from '../../../core/broker/policy/agent-policy.ts';
import { decide } from '../../../core/broker/policy/decide.ts';
import type { PolicyRequest } from '../../../core/broker/policy/policy-request.ts';
import { DOCS, grantFor, requestFor, resourceAt, shipped } from './example-request.ts';

// Attack 130: what is missing, misspelled, empty, null, a wildcard or true allows nothing. The types
// forbid these values; the tests put them there as a fault or a forged store would.

const ALWAYS = grantFor({ preferences: { read_file: 'always', tool_invoke: 'always' } });
const NOTE = resourceAt('storage.read', DOCS, 'note.md');
const GOOD = requestFor('read_file', [NOTE], { grant: ALWAYS });

const ruleWith = (changes: object, policy: object = shipped): string => {
  const request = { ...GOOD, ...changes } as unknown as PolicyRequest;
  const { effect, rule } = decide(request, policy as AgentPolicy);
  return effect === 'deny' ? rule : `${effect}!`;
};

const STRANGE = [undefined, null, '*', true, 1, '', [], {}, /.*/];

test('decide allows the request that the strange ones below are made from', () => {
  assert.equal(ruleWith({}), 'allow!');
});

test('decide denies a capability that is missing, misspelled or a wildcard', () => {
  for (const capability of [...STRANGE, 'storage.*', 'storage.Read', 'constructor', '__proto__']) {
    const resolution = { ok: true, resources: [{ ...NOTE, capability }] };
    assert.equal(ruleWith({ resolution }), 'unknown_capability', String(capability));
  }
});

test('decide denies where the list of resources is missing, empty or no list', () => {
  for (const resources of [undefined, null, true, 1, {}]) {
    assert.equal(ruleWith({ resolution: { ok: true, resources } }), 'evaluation_error');
  }
  for (const resources of [[], ['*'], '*']) {
    assert.match(ruleWith({ resolution: { ok: true, resources } }), /^(unresolvable|evaluation_)/);
  }
  for (const resolution of [undefined, null]) {
    assert.equal(ruleWith({ resolution }), 'evaluation_error');
  }
  for (const ok of [undefined, null, 'yes', 1]) {
    assert.equal(ruleWith({ resolution: { ok, resources: [NOTE] } }), 'unresolvable');
  }
});

test('decide denies where the grant holds no list of paths, or a wildcard in it', () => {
  const lists = [...STRANGE, ['*'], ['**'], ['/**'], ['/'], [''], [null], [`${DOCS}/**`], [true]];
  for (const readable_paths of lists) {
    const rule = ruleWith({ grant: { ...ALWAYS, readable_paths } });
    assert.match(rule, /^(read_scope|evaluation_error)$/, String(readable_paths));
  }
});

test('decide denies where the grant holds no list of tools, or a wildcard in it', () => {
  for (const allowed_tools of [undefined, null, [], ['*'], ['filesystem.*'], true, {}]) {
    const resolution = { ok: true, resources: [] };
    const grant = { ...ALWAYS, allowed_tools };
    const rule = ruleWith({ action: 'tool_invoke', tool: 'filesystem.read', resolution, grant });
    assert.match(rule, /^(tool_not_allowed|evaluation_error)$/);
  }
});

test('decide denies a preference that is none of the three words', () => {
  for (const read_file of [...STRANGE, 'Always', 'yes', 'allow']) {
    const rule = ruleWith({ grant: { ...ALWAYS, preferences: { read_file } } });
    assert.equal(rule, 'evaluation_error', String(read_file));
  }
  assert.equal(ruleWith({ grant: { ...ALWAYS, preferences: null } }), 'evaluation_error');
});

test('decide takes a preference from no prototype', () => {
  const preferences = Object.create({ read_file: 'always' });
  const { effect } = decide({ ...GOOD, grant: { ...ALWAYS, preferences } }, shipped);
  assert.equal(effect, 'ask');
});

test('decide denies an action or mode outside its closed list', () => {
  for (const action of [...STRANGE, 'Read_file', 'constructor', '__proto__', 'read_file ']) {
    assert.equal(ruleWith({ action }), 'default_deny', String(action));
  }
  for (const session_mode of [...STRANGE, 'online', 'toString']) {
    assert.equal(ruleWith({ grant: { ...ALWAYS, session_mode } }), 'default_deny');
  }
});

test('decide denies without a grant, without a policy and without a time', () => {
  for (const grant of [undefined, null, '*', true, {}]) {
    assert.match(ruleWith({ grant }), /^(default_deny|evaluation_error)$/);
  }
  for (const policy of [null, undefined, {}, true]) {
    const { effect } = decide(GOOD, policy as unknown as AgentPolicy);
    assert.equal(effect, 'deny');
  }
  for (const now of [Number.NaN, undefined, Number.POSITIVE_INFINITY, 'soon']) {
    assert.equal(ruleWith({ now }), 'token_expired');
  }
  for (const expires_at of [undefined, Number.NaN, 'never']) {
    assert.equal(ruleWith({ grant: { ...ALWAYS, expires_at } }), 'token_expired');
  }
});

test('decide takes only true for a built executor', () => {
  for (const installed of STRANGE.filter((value) => value !== true)) {
    assert.equal(ruleWith({ installed }), 'no_executor');
  }
});

test('decide denies a label and a ceiling outside the closed list', () => {
  for (const label of [null, '*', 'LOW', '', true]) {
    assert.equal(ruleWith({ label }), 'sensitivity_ceiling');
  }
  for (const sensitivity_ceiling of [undefined, null, '*', 'any']) {
    const grant = { ...ALWAYS, sensitivity_ceiling };
    assert.equal(ruleWith({ label: 'low', grant }), 'sensitivity_ceiling');
  }
});

test('decide denies a resource whose place for policy is not its place for the gateway', () => {
  const parts = [
    { relative: '../../etc/shadow' },
    { root: '/etc' },
    { absolute: `${DOCS}/other.md` },
    { relative: '' },
  ];
  for (const part of parts) {
    const resolution = { ok: true, resources: [{ ...NOTE, ...part }] };
    assert.equal(ruleWith({ resolution }), 'unresolvable', JSON.stringify(part));
  }
});

test('decide answers a name that came to nothing with the parameter and the reason', () => {
  const resolution = { ok: false, parameter: 'path', reason: 'names no workspace' } as const;
  const decision = decide({ ...GOOD, resolution }, shipped);
  assert.equal(decision.rule, 'unresolvable');
  assert.equal(decision.reason, "parameter 'path': names no workspace");
});

test('decide survives a request that throws when it is read', () => {
  const hostile = new Proxy(GOOD, {
    get: () => {
      throw new Error('no');
    },
  });
  assert.equal(decide(hostile, shipped).rule, 'evaluation_error');
});
