import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accessOf } from '../../../core/broker/grant/narrow-grant.ts';
import { isCovered } from '../../../core/broker/grant/path-matcher.ts';
import type { AgentPolicy } from '../../../core/broker/policy/agent-policy.ts';
import { decide } from '../../../core/broker/policy/decide.ts';
import type { PolicyRequest } from '../../../core/broker/policy/policy-request.ts';
import { CAPABILITIES, CAPABILITY_FACTS } from '../../../core/vocabulary/capability.ts';
import { RULES } from '../../../core/vocabulary/decision.ts';
import {
  ACTIONS,
  CONFIGURABLE_ACTIONS,
  LABELS,
  MODES,
  PREFERENCES,
} from '../../../core/vocabulary/enums.ts';
import {
  type FileResource,
  isFileResource,
  type Resource,
} from '../../../core/vocabulary/resource.ts';
import { runs } from '../../harness/runs.ts';
import { grantFor, NOW, requestFor, shipped } from './example-request.ts';

const segment = fc.constantFrom('a', 'b', 'ab', 'a b', '..', '.', '', 'é', '*');
const folder = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((parts) => `/${parts.join('/')}`);
const preferences = fc.record(
  Object.fromEntries(CONFIGURABLE_ACTIONS.map((name) => [name, fc.constantFrom(...PREFERENCES)])),
  { requiredKeys: [] },
);
const grant = fc
  .record({
    session_mode: fc.constantFrom(...MODES),
    allow_online: fc.boolean(),
    sensitivity_ceiling: fc.constantFrom(...LABELS),
    readable_paths: fc.array(folder, { maxLength: 3 }),
    writable_paths: fc.array(folder, { maxLength: 3 }),
    allowed_tools: fc.subarray(['t.a', 't.b']),
    preferences,
    expires_at: fc.constantFrom(NOW - 1, NOW, NOW + 1),
  })
  .map((fields) => ({ ...grantFor(), ...fields }));
const resource: fc.Arbitrary<Resource> = fc
  .tuple(fc.constantFrom(...CAPABILITIES), folder, fc.array(segment, { maxLength: 3 }))
  .map(([capability, root, parts]) => {
    const relative = parts.join('/');
    const absolute = relative === '' ? root : `${root}/${relative}`;
    const named = { parameter: 'path', index: null };
    if (capability === 'tool.invoke') {
      return { ...named, capability, tool: absolute, display: absolute };
    }
    if (capability === 'airlock.fetch') {
      return { ...named, capability, url: absolute, display: absolute };
    }
    return {
      ...named,
      capability,
      root,
      relative,
      absolute,
      display: absolute,
    };
  });
const request = fc.record({
  action: fc.constantFrom(...ACTIONS),
  grant,
  now: fc.constant(NOW),
  toolEnabled: fc.boolean(),
  installed: fc.boolean(),
  resolution: fc
    .array(resource, { maxLength: 3 })
    .map((resources) => ({ ok: true, resources }) as const),
});

/** A request that nothing but scope can deny. */
const asking = (one: FileResource, paths: Partial<PolicyRequest['grant']>): PolicyRequest => {
  const facts = CAPABILITY_FACTS[one.capability];
  const free = { read_file: 'always', write_file: 'always', overwrite_file: 'always' } as const;
  return requestFor(facts.governedBy, [one], {
    grant: { ...grantFor({ preferences: free }), ...paths },
  });
};

test('decide never throws and always names a rule, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (anyRequest, anyPolicy) => {
      const answer = decide(anyRequest as PolicyRequest, anyPolicy as AgentPolicy);
      assert.equal(answer.effect, 'deny');
      assert.ok(RULES.includes(answer.rule));
    }),
  );
});

test('decide neither allows nor asks for a resource outside the grant', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const { grant: held, resolution } = asked;
      const outside = resolution.resources
        .filter(isFileResource)
        .some(({ capability, absolute }) =>
          CAPABILITY_FACTS[capability].access === 'read'
            ? !isCovered(held.readable_paths, absolute)
            : !isCovered(held.writable_paths, absolute),
        );
      if (outside) assert.equal(decide(asked, shipped).effect, 'deny');
    }),
    { numRuns: runs(500) },
  );
});

test('decide gives the same verdict on a path as the access scope that the gateway asks', () => {
  const served = resource
    .filter(isFileResource)
    .filter(({ capability }) => CAPABILITY_FACTS[capability].served);
  fc.assert(
    fc.property(served, fc.array(folder, { maxLength: 3 }), (one, paths) => {
      const asked = asking(one, { readable_paths: paths, writable_paths: paths });
      const scope = accessOf(asked.grant);
      const reads = CAPABILITY_FACTS[one.capability].access === 'read';
      const atGateway = isCovered(reads ? scope.readable : scope.writable, one.absolute);
      assert.equal(decide(asked, shipped).effect === 'allow', atGateway);
    }),
    { numRuns: runs(500) },
  );
});

test('decide never answers more freely when a preference gets stricter', () => {
  const freedom = { allow: 2, ask: 1, deny: 0 };
  fc.assert(
    fc.property(request, fc.constantFrom(...CONFIGURABLE_ACTIONS), (asked, action) => {
      const answers = PREFERENCES.map((preference) => {
        const held = { ...asked.grant.preferences, [action]: preference };
        return freedom[
          decide({ ...asked, grant: { ...asked.grant, preferences: held } }, shipped).effect
        ];
      });
      assert.deepEqual(
        answers,
        answers.toSorted((a, b) => b - a),
      );
    }),
    { numRuns: runs(500) },
  );
});
