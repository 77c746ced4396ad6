import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { makeFirewallEngine } from '../../core/broker/gateway/firewall/firewall-engine.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import type {
  AllowedTool,
  FirewallPolicy,
  ToolArgument,
} from '../../core/vocabulary/firewall-policy.ts';
import { makeSecondFirewall, type RequestMembers } from './second-firewall.ts';

const POLICIES = process.env['SECAI_LONG'] === '1' ? 5_000 : 300;
const CALLS = 4;

/** Every reason of section 18; each must have been the answer at least once. */
const REASONS: readonly RegExp[] = [
  /^invalid request body$/,
  /^params and args cannot both be supplied$/,
  /^request too large$/,
  /^invalid tool name$/,
  /^too many parameters$/,
  /^invalid parameter name$/,
  /^invalid or excessively nested parameter value$/,
  /^rate limit exceeded$/,
  /^tool is explicitly denied$/,
  /^invalid policy default$/,
  /^tool not in allowlist$/,
  /^argument "[^"]+" is not declared by this tool policy$/,
  /^dangerous argument "[^"]+" requires an explicit typed policy rule$/,
  /^argument "[^"]+" exceeds max length \(\d+ > \d+\)$/,
  /^argument "[^"]+" contains blocked pattern "/,
  /^argument "[^"]+" must have JSON type \w+$/,
  /^argument "[^"]+" exceeds typed max_length \d+$/,
  /^argument "[^"]+" does not match its required pattern$/,
  /^required argument "[^"]+" is missing$/,
  /^path parameter must not be empty$/,
  /^invalid path: /,
  /^path matches denylist$/,
  /^path not in allowlist$/,
  /^required path parameter missing$/,
];

/** Choices of one run: the same for the same seed. */
interface Dice {
  chance(of: number): boolean;
  one<Item>(items: readonly Item[]): Item;
  upTo(most: number): number;
}

// Mulberry32.
const makeDice = (seed: number): Dice => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  return {
    chance: (of) => next() < of,
    upTo,
    one: (items) => {
      const item = items[upTo(items.length - 1)];
      assert.ok(item !== undefined);
      return item;
    },
  };
};

const TOOLS = ['filesystem.read', 'text.diff', 'a', 'tool with spaces', 'ünïcode'] as const;
const NAMES = [
  'path',
  'note',
  'count',
  'items',
  'options',
  'flag',
  'target',
  'source-path',
  'hostname',
  'baseUrl',
  'url',
  'x-cmd',
  'body_text',
  'api_token',
  'secretary',
] as const;
const TYPES = ['string', 'boolean', 'number', 'integer', 'object', 'array'] as const;
const PATHLIKE = new Set(['path', 'target', 'source-path']);
const PATTERNS = ['^[a-z]+$', 'b', '^/', '[0-9]{2}', '\\.md$'] as const;

const makePolicy = (dice: Dice, root: string): FirewallPolicy => ({
  version: 1,
  default: dice.chance(0.03) ? JSON.parse('"allow"') : 'deny',
  rate_limit: { requests_per_minute: dice.one([1, 60, 6_000]), burst_size: dice.one([1, 2, 50]) },
  allow: TOOLS.slice(0, 4)
    .filter(() => dice.chance(0.8))
    .map((name) => makeTool(dice, name, root)),
  deny: dice.chance(0.3) ? [{ name: dice.one(TOOLS) }] : [],
});

const makeTool = (dice: Dice, name: string, root: string): AllowedTool => ({
  name,
  ...(dice.chance(0.7)
    ? { args: NAMES.filter(() => dice.chance(0.5)).map((arg) => makeRule(dice, arg)) }
    : {}),
  ...(dice.chance(0.5) ? { paths_allowlist: [`${root}/docs/**`, `${root}/out`] } : {}),
  ...(dice.chance(0.5) ? { paths_denylist: [`${root}/docs/private/**`] } : {}),
  ...(dice.chance(0.3) ? { args_blocklist: [dice.one(['../', 'DROP', '"k"', '17'])] } : {}),
  ...(dice.chance(0.3) ? { max_arg_length: dice.one([0, 12, 400]) } : {}),
});

const makeRule = (dice: Dice, name: string): ToolArgument => {
  const type = PATHLIKE.has(name) || dice.chance(0.4) ? 'string' : dice.one(TYPES);
  return {
    name,
    type,
    ...(dice.chance(0.15) ? { required: true } : {}),
    ...(dice.chance(0.3) ? { max_length: dice.one([0, 2, 300]) } : {}),
    ...(type === 'string' && dice.chance(0.25) ? { pattern: dice.one(PATTERNS) } : {}),
  };
};

const paths = (root: string): readonly string[] => [
  `${root}/docs/a.md`,
  `${root}/docs/new.md`,
  `${root}/docs/%61.md`,
  `${root}/docs/%2e%2e/secret.txt`,
  `${root}/docs/%252e%252e/secret.txt`,
  `${root}/docs/%25252e`,
  `${root}/docs/100%`,
  `${root}/docs/../out/b`,
  `${root}/docs/private`,
  `${root}/docs/private/x`,
  `${root}/docs/private/y/../z`,
  `${root}/docs/link-out`,
  `${root}/docs/link-in/../a.md`,
  `${root}/docs/dangling`,
  `${root}/docs/a.md/below`,
  `${root}/outside`,
  `${root}/docs/e\u0301`,
  `${root}/docs/x\u2215y`,
  'docs/a.md',
  '',
];

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const makeValue = (dice: Dice, root: string): string =>
  dice.one([
    () => JSON.stringify(dice.one(['abc', 'b17', '/x.md', '../up', 'drop table', 'é'.repeat(200)])),
    () => JSON.stringify(dice.one(paths(root))),
    () => dice.one(['1', '-5', '1.0', '1e3', '17', '9223372036854775807', '9223372036854775808']),
    () => dice.one(['true', 'false', 'null', '[]', '{}', '[1,"two",[3]]', '{"k":"v","n":1}']),
    () => dice.one(['1e400', nested(33), nested(31), `[${'0,'.repeat(4_096)}0]`, '{"":1}']),
  ])();

// A call that fits its tool as far as can be told at once, so that there are some that pass.
const makeFittingMembers = (dice: Dice, root: string, tool: AllowedTool): RequestMembers => {
  const params = (
    tool.args ?? [
      { name: 'note', type: 'string' },
      { name: 'count', type: 'integer' },
    ]
  )
    .filter(({ required }) => required === true || dice.chance(0.4))
    .map(({ name, type, pattern }: ToolArgument) => {
      const fitting: Record<typeof type, string> = {
        string: pattern === '^/' ? '"/b17"' : JSON.stringify(pattern === '[0-9]{2}' ? '17' : 'b'),
        boolean: 'true',
        number: dice.one(['1.5', '-2', '1e2']),
        integer: dice.one(['1', '-0', '9223372036854775807']),
        object: '{"k":1}',
        array: '[1]',
      };
      const path = JSON.stringify(dice.chance(0.6) ? `${root}/docs/a.md` : dice.one(paths(root)));
      return `${JSON.stringify(name)}:${PATHLIKE.has(name) ? path : fitting[type]}`;
    });
  if (tool.args === undefined && tool.paths_allowlist !== undefined) {
    params.push(`"path":${JSON.stringify(dice.one(paths(root).slice(0, 3)))}`);
  }
  return [
    ['tool', JSON.stringify(tool.name)],
    ['params', `{${params.join()}}`],
  ];
};

const makeMembers = (dice: Dice, root: string, policy: FirewallPolicy): RequestMembers => {
  if (policy.allow.length > 0 && dice.chance(0.4)) {
    return makeFittingMembers(dice, root, dice.one(policy.allow));
  }
  const tool = dice.chance(0.06)
    ? dice.one(['', ' a', 'a\n', 'x'.repeat(257), 'a\u0000'])
    : dice.one(TOOLS);
  const params = NAMES.filter(() => dice.chance(0.15)).map(
    (name) =>
      `${JSON.stringify(name)}:${
        PATHLIKE.has(name) && dice.chance(0.85)
          ? JSON.stringify(dice.one(paths(root)))
          : makeValue(dice, root)
      }`,
  );
  if (dice.chance(0.02)) params.push(...Array.from({ length: 129 }, (_, at) => `"p${at}":1`));
  if (dice.chance(0.02)) params.push(dice.one(['" x":1', '"":1', '"a\\u0000":1']));
  if (dice.chance(0.01)) params.push(`"big":${JSON.stringify('x'.repeat(70_000))}`);
  const half = Math.floor(params.length / 2);
  const object = (list: readonly string[]): string => `{${list.join()}}`;
  return [
    ['tool', JSON.stringify(tool)],
    ...(dice.chance(0.1)
      ? ([
          ['params', object(params.slice(0, half))],
          ['PARAMS', object(params.slice(half))],
        ] as const)
      : ([[dice.one(['params', 'params', 'Params', 'args']), object(params)]] as const)),
    ...(dice.chance(0.02) ? ([['args', '{}']] as const) : []),
    ...(dice.chance(0.02) ? ([['bypass', 'true']] as const) : []),
  ];
};

const makeWorld = async (t: TestContext): Promise<string> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'second-')));
  t.after(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'docs/private'), { recursive: true });
  await mkdir(join(root, 'out'));
  await writeFile(join(root, 'docs/a.md'), '');
  await writeFile(join(root, 'secret.txt'), '');
  await symlink('../secret.txt', join(root, 'docs/link-out'));
  await symlink(join(root, 'out'), join(root, 'docs/link-in'));
  await symlink('nowhere', join(root, 'docs/dangling'));
  return root;
};

test(`firewall.embedded: ${POLICIES} policies, ${CALLS} calls each, get the verdicts of a second reading`, async (t) => {
  const root = await makeWorld(t);
  const seed = process.env['SECAI_LONG'] === '1' ? Date.now() % 1_000_000 : 18;
  t.diagnostic(`seed ${seed}`);
  const dice = makeDice(seed);
  const given = new Set<string>();
  let allowed = 0;
  for (let run = 0; run < POLICIES; run += 1) {
    const policy = makePolicy(dice, root);
    let now = 0;
    const engine = makeFirewallEngine({
      look: makeNameFactsPowers(),
      elapsed: () => now,
      record: async () => {},
      showPaths: true,
    });
    engine.load(policy);
    const second = makeSecondFirewall(policy);
    for (let call = 0; call < CALLS; call += 1) {
      now += dice.one([0, 0, 500, 30_000]);
      const members = dice.chance(0.01) ? null : makeMembers(dice, root, policy);
      const body =
        members === null
          ? 'null'
          : `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`;
      const expected = second.read(members, body, now);
      const answer = await engine.evaluate(Buffer.from(body));
      const told = `seed ${seed}, run ${run}: ${body.slice(0, 400)}\n${JSON.stringify(policy)}\n${JSON.stringify(expected)}`;
      if (answer.kind === 'malformed') {
        assert.equal(answer.status, expected.status, told);
        assert.ok(expected.faults.includes(answer.text), `${answer.text}; ${told}`);
        given.add(answer.text);
        continue;
      }
      assert.ok(answer.kind === 'verdict' && expected.status === 200, told);
      assert.equal(answer.verdict.allowed, expected.faults.length === 0, told);
      if (answer.verdict.allowed) allowed += 1;
      else {
        assert.ok(
          expected.faults.includes(answer.verdict.reason),
          `${answer.verdict.reason}; ${told}`,
        );
        given.add(answer.verdict.reason);
      }
    }
  }
  assert.ok(allowed > POLICIES / 3, `only ${allowed} calls were allowed`);
  for (const reason of REASONS) {
    assert.ok(
      [...given].some((text) => reason.test(text)),
      `nobody was refused for ${reason}`,
    );
  }
});
