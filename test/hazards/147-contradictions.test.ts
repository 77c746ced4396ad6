import { test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { refusedManifest } from '../harness/refused-manifest.ts';
import { closed, naming, sampleText } from '../harness/sample-manifest.ts';

// Attack 147: options that contradict each other, or that are unsafe together, and that a lenient reader would accept
// without a word. Each refuses the plugin and says which of the two to change.

const TOOL = '/tools/text.count';

interface Contradiction {
  readonly top?: JsonObject;
  readonly entry?: JsonObject;
  readonly pointer: string;
  readonly rule: string;
}

const CALLING = closed({ tool: naming('tool.invoke') });
const FETCHING = closed({ url: naming('airlock.fetch') });
const a = { host: 'a.org', methods: ['GET'] };

const CASES: Readonly<Record<string, Contradiction>> = {
  'an example that does not fit the input': {
    entry: { examples: [{ title: 'One', input: { path: 7 } }] },
    pointer: `${TOOL}/examples/0/input/path`,
    rule: 'example-misfit',
  },
  'an example with an argument that does not exist': {
    entry: { examples: [{ title: 'One', input: { path: 'a', more: 1 } }] },
    pointer: `${TOOL}/examples/0/input`,
    rule: 'example-misfit',
  },
  'an example without a demanded argument': {
    entry: { examples: [{ title: 'One', input: {} }] },
    pointer: `${TOOL}/examples/0/input`,
    rule: 'example-misfit',
  },
  'a tool that is named and not requested': {
    entry: { input: CALLING },
    pointer: `${TOOL}/input/properties/tool/x-capability`,
    rule: 'request-missing',
  },
  'an address that is named and no host that is requested': {
    entry: { reversibility: 'irreversible', input: FETCHING },
    pointer: `${TOOL}/input/properties/url/x-capability`,
    rule: 'request-missing',
  },
  'tools that are requested and that nothing names': {
    top: { requests: { tools: ['a.b'] } },
    pointer: '/requests/tools',
    rule: 'request-unused',
  },
  'hosts that are requested and that nothing names': {
    top: { requests: { egress: [a] } },
    pointer: '/requests/egress',
    rule: 'request-unused',
  },
  'a host with two lists of methods': {
    top: { requests: { egress: [a, { host: 'a.org', methods: ['POST'] }] } },
    entry: { reversibility: 'irreversible', input: FETCHING },
    pointer: '/requests/egress/1/host',
    rule: 'stands-twice',
  },
  'a method that stands twice': {
    top: { requests: { egress: [{ host: 'a.org', methods: ['GET', 'GET'] }] } },
    pointer: '/requests/egress/0/methods',
    rule: 'stands-twice',
  },
  'a tool that is requested twice': {
    top: { requests: { tools: ['a.b', 'a.b'] } },
    pointer: '/requests/tools',
    rule: 'stands-twice',
  },
  'a model that is requested and not requested': {
    top: { requests: { inference: false } },
    pointer: '/requests/inference',
    rule: 'not-in-list',
  },
  'requests that ask for nothing': {
    top: { requests: {} },
    pointer: '/requests',
    rule: 'count',
  },
  'a write that is read-only': {
    entry: { input: closed({ path: naming('storage.replace') }) },
    pointer: `${TOOL}/reversibility`,
    rule: 'reversibility-understated',
  },
  'a request to the network that can be undone': {
    top: { requests: { egress: [a] } },
    entry: { reversibility: 'externally-reversible', input: FETCHING },
    pointer: `${TOOL}/reversibility`,
    rule: 'reversibility-understated',
  },
  'a write that may run twice': {
    entry: {
      reversibility: 'reversible',
      idempotent: true,
      input: closed({ path: naming('storage.create') }),
    },
    pointer: `${TOOL}/idempotent`,
    rule: 'idempotent-write',
  },
  'a limit above that of its profile': {
    entry: { profile: 'vetting', limits: { calls_total: 101 } },
    pointer: `${TOOL}/limits/calls_total`,
    rule: 'limit-above-profile',
  },
  'more processor time than time': {
    entry: { limits: { cpu_ms: 101, wall_ms: 100 } },
    pointer: `${TOOL}/limits/cpu_ms`,
    rule: 'limits-contradict',
  },
  'a hint that is less cautious than the handles': {
    entry: {
      reversibility: 'reversible',
      input: closed({ path: naming('storage.replace') }),
      hints: { destructiveHint: false },
    },
    pointer: `${TOOL}/hints/destructiveHint`,
    rule: 'hint-less-cautious',
  },
  'neither steps nor tools': { pointer: '', rule: 'no-entry' },
  'tools and none of them': { top: { tools: {} }, pointer: '/tools', rule: 'count' },
};

for (const [name, { top = {}, entry = {}, pointer, rule }] of Object.entries(CASES)) {
  test(`${name} is refused`, () => {
    const { tools, ...rest } = JSON.parse(sampleText({ top, entry }));
    const whole = rule === 'no-entry' ? rest : { ...rest, tools };
    refusedManifest(JSON.stringify(whole, null, 1), { pointer, rule });
  });
}
