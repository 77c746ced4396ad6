import assert from 'node:assert/strict';
import { parse } from 'yaml';

/** What the peer's policy file may hold, read from the wire contract's section 18 and from nothing else. */
interface PeerPolicy {
  readonly version: number;
  readonly tools: {
    readonly default: string;
    readonly rate_limit: { readonly requests_per_minute: number; readonly burst_size: number };
    readonly allow: readonly PeerTool[];
    readonly deny: readonly { readonly name: string }[];
  };
}

interface PeerTool {
  readonly name: string;
  readonly args?: readonly PeerArgument[];
  readonly paths_allowlist?: readonly string[];
  readonly paths_denylist?: readonly string[];
  readonly max_arg_length?: number;
}

interface PeerArgument {
  readonly name: string;
  readonly type: string;
  readonly required?: boolean;
  readonly max_length?: number;
  readonly pattern?: string;
  readonly redact?: boolean;
}

type Check = (value: unknown, at: string) => void;

const scalar =
  (type: 'string' | 'number' | 'boolean'): Check =>
  (value, at) => {
    assert.equal(typeof value, type, `${at}: ${JSON.stringify(value)}`);
  };
const whole =
  (least: number, most: number): Check =>
  (value, at) => {
    assert.ok(Number.isInteger(value) && Number(value) >= least && Number(value) <= most, at);
  };
const one =
  (...members: readonly unknown[]): Check =>
  (value, at) => {
    assert.ok(members.includes(value), `${at}: ${JSON.stringify(value)}`);
  };
const list =
  (each: Check): Check =>
  (value, at) => {
    assert.ok(Array.isArray(value), at);
    for (const [index, item] of value.entries()) each(item, `${at}/${index}`);
  };
const record =
  (required: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  (value, at) => {
    assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), at);
    const known = { ...required, ...optional };
    for (const name of Object.keys(required)) assert.ok(name in value, `${at} lacks ${name}`);
    for (const [name, inner] of Object.entries(value)) {
      const check = known[name];
      assert.ok(check, `${at}: unknown key ${name}`);
      check(inner, `${at}/${name}`);
    }
  };

const LENGTH = whole(0, 65_536);
const ABSOLUTE: Check = (value, at) => assert.match(String(value), /^\//, at);

const POLICY = record({
  version: one(1),
  tools: record({
    default: one('deny'),
    rate_limit: record({
      requests_per_minute: whole(1, 1_000_000),
      burst_size: whole(1, 1_000_000),
    }),
    allow: list(
      record(
        { name: scalar('string') },
        {
          args: list(
            record(
              {
                name: scalar('string'),
                type: one('string', 'boolean', 'number', 'integer', 'object', 'array'),
              },
              {
                required: scalar('boolean'),
                max_length: LENGTH,
                pattern: scalar('string'),
                redact: scalar('boolean'),
              },
            ),
          ),
          paths_allowlist: list(ABSOLUTE),
          paths_denylist: list(ABSOLUTE),
          args_blocklist: list(scalar('string')),
          max_arg_length: LENGTH,
        },
      ),
    ),
    deny: list(record({ name: scalar('string') })),
  }),
});

/** Reads a policy file as strictly as the peer; fails with the place of what it would refuse. */
export const parsePeerPolicy = (text: string): PeerPolicy => {
  const value: PeerPolicy = parse(text, { schema: 'core', uniqueKeys: true, strict: true });
  POLICY(value, '');
  for (const { name, args = [] } of value.tools.allow) {
    assert.equal(new Set(args.map((rule) => rule.name)).size, args.length, `${name}: a rule twice`);
    for (const rule of args) {
      if (rule.pattern === undefined) continue;
      assert.equal(rule.type, 'string', `${name}/${rule.name}: only texts have patterns`);
      assert.ok(Buffer.byteLength(rule.pattern) <= 4_096);
      // RE2 knows neither look-around nor back-references.
      assert.doesNotMatch(rule.pattern, /\(\?[=!<]|\\[1-9]/);
    }
  }
  return value;
};
