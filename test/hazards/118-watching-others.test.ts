import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it, test } from 'node:test';
import { makeEffectsUnderWay } from '../../core/broker/execute/effects-under-way.ts';
import { mintHandles } from '../../core/broker/execute/mint-handles.ts';
import { makeStepMeter } from '../../core/broker/execute/step-meter.ts';
import { DEFAULT_BUDGETS } from '../../core/broker/policy/policy-defaults.ts';
import { NO_USAGE } from '../../core/vocabulary/budget.ts';
import { CAPABILITIES, CAPABILITY_FACTS } from '../../core/vocabulary/capability.ts';
import type { Resource } from '../../core/vocabulary/resource.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

it('no handle of any kind watches, waits, locks or tells times: these are all the methods that there are', async (t) => {
  const { gateway, access, at } = await openWorkspace(t);
  const resourceOf = (capability: (typeof CAPABILITIES)[number]): Resource => {
    const named = { parameter: 'named', index: null, display: 'a.b' };
    if (capability === 'tool.invoke') return { ...named, capability, tool: 'a.b' };
    if (capability === 'airlock.fetch') return { ...named, capability, url: 'https://a.b/' };
    return { ...at('docs/a'), capability };
  };
  const methods = CAPABILITIES.filter((capability) => CAPABILITY_FACTS[capability].served).map(
    (capability) => {
      const [handle] = mintHandles([resourceOf(capability)], {
        gateways: { storage: gateway, search: { search: () => Promise.reject(new Error('none')) } },
        journal: {
          observed: async () => {},
          began: async () => {},
          ended: async () => {},
          toolCalled: async () => {},
          retried: async () => {},
        },
        effects: makeEffectsUnderWay(),
        meter: makeStepMeter(NO_USAGE, DEFAULT_BUDGETS.standard, 'low'),
        access,
        signal: new AbortController().signal,
        random: randomBytes,
        invokeTool: async () => ({}),
        approvedBytes: null,
      });
      return [capability, [...(handle?.methods.keys() ?? [])]];
    },
  );
  assert.deepEqual(Object.fromEntries(methods), {
    'storage.read': ['read'],
    'storage.list': ['list'],
    'storage.search': ['search'],
    'storage.create': ['write'],
    'storage.replace': ['write'],
    'tool.invoke': ['invoke'],
  });
});

it('a list tells names, kinds and sizes, and no times, owners or numbers of a file', async (t) => {
  const { gateway, access, at, put } = await openWorkspace(t);
  put('docs/a', 'text');
  const { entries } = await gateway.list(at('docs'), access, {});
  assert.deepEqual(entries, [{ name: 'a', kind: 'file', size: 4 }]);
});

test('a handle in the guest has no method but its own, and a call of another is a violation at most', async (t) => {
  const result = await hazard(t, { script: '118-watching-others' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], methods: ['read'] });
});
