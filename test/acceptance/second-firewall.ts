import { realpathSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import type { AllowedTool, FirewallPolicy } from '../../core/vocabulary/firewall-policy.ts';

/**
 * A second reading of the wire contract, sections 18 and 32.15 to 32.19, written from its text and sharing no
 * code with the first. It names every fault of the stage at which a call falls: the reason must be one of them.
 */
export interface SecondReading {
  readonly status: 200 | 400 | 413;
  /** Empty where the call is allowed. */
  readonly faults: readonly string[];
}

/** The members of a request in the order in which they stand, each value as its JSON text. */
export type RequestMembers = readonly (readonly [string, string])[];

type Value = null | boolean | string | Value[] | { [key: string]: Value } | Digits;
/** A number: what was written. */
interface Digits {
  readonly [DIGITS]: string;
}
const DIGITS = Symbol('digits');

const parse = (text: string): Value =>
  JSON.parse(text, (_key: string, value: unknown, context?: { source: string }) =>
    typeof value === 'number' ? { [DIGITS]: context?.source } : value,
  );
const isDigits = (value: Value): value is Digits =>
  typeof value === 'object' && value !== null && DIGITS in value;
const isRecord = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isDigits(value);
const bytes = (text: string): number => new TextEncoder().encode(text).length;

export interface SecondFirewall {
  /** @param members null where the body is `null` */
  read(members: RequestMembers | null, body: string, now: number): SecondReading;
}

export const makeSecondFirewall = (policy: FirewallPolicy): SecondFirewall => {
  const { requests_per_minute: rate, burst_size: burst } = policy.rate_limit;
  let tokens = burst;
  let last = 0;

  const faultsOf = (
    tool: string,
    params: { [key: string]: Value },
    now: number,
  ): readonly string[] => {
    const names = nameFaults(tool, params);
    if (names.length > 0) return names;
    tokens = Math.min(burst, tokens + ((now - last) / 60_000) * rate);
    last = now;
    if (tokens < 1) return ['rate limit exceeded'];
    tokens -= 1;
    if (policy.deny.some(({ name }) => name === tool)) return ['tool is explicitly denied'];
    if (String(policy.default) !== 'deny') return ['invalid policy default'];
    const rules = policy.allow.find(({ name }) => name === tool);
    if (rules === undefined) return ['tool not in allowlist'];
    const args = argumentFaults(params, rules);
    return args.length > 0 ? args : pathFaults(params, rules);
  };

  return {
    read: (members, body, now) => {
      if (bytes(body) > 65_536) return { status: 413, faults: ['request too large'] };
      const call = statedCall(members ?? []);
      if (typeof call === 'string') return { status: 400, faults: [call] };
      return { status: 200, faults: faultsOf(call.tool, call.params, now) };
    },
  };
};

const statedCall = (
  members: RequestMembers,
): { tool: string; params: { [key: string]: Value } } | string => {
  let tool = '';
  let params: { [key: string]: Value } | undefined;
  let args: { [key: string]: Value } | undefined;
  for (const [key, text] of members) {
    const value = parse(text);
    switch (key.toLowerCase()) {
      case 'tool':
        if (value === null) break;
        if (typeof value !== 'string') return 'invalid request body';
        tool = value;
        break;
      case 'params':
      case 'args': {
        if (value !== null && !isRecord(value)) return 'invalid request body';
        const isParams = key.toLowerCase() === 'params';
        const merged = value === null ? undefined : { ...(isParams ? params : args), ...value };
        if (isParams) params = merged;
        else args = merged;
        break;
      }
      default:
        return 'invalid request body';
    }
  }
  if (params !== undefined && args !== undefined) {
    return 'params and args cannot both be supplied';
  }
  return { tool, params: params ?? args ?? {} };
};

const badName = (name: string): boolean =>
  name.length === 0 ||
  bytes(name) > 256 ||
  name.replace(/^[\s\x85]+|[\s\x85]+$/g, '') !== name ||
  [...name].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 32 || (code >= 127 && code < 160);
  });

const nameFaults = (tool: string, params: { [key: string]: Value }): readonly string[] => {
  if (badName(tool)) return ['invalid tool name'];
  if (Object.keys(params).length > 128) return ['too many parameters'];
  if (Object.keys(params).some(badName)) return ['invalid parameter name'];
  let nodes = 0;
  const fine = (value: Value, depth: number): boolean => {
    nodes += 1;
    if (depth > 32 || nodes > 10_000) return false;
    if (isDigits(value)) return Math.abs(Number(value[DIGITS])) !== Number.POSITIVE_INFINITY;
    if (Array.isArray(value)) {
      return value.length <= 4096 && value.every((item) => fine(item, depth + 1));
    }
    if (!isRecord(value)) return true;
    const keys = Object.keys(value);
    return (
      keys.length <= 128 &&
      !keys.some(badName) &&
      Object.values(value).every((inner) => fine(inner, depth + 1))
    );
  };
  return fine(params, 0) ? [] : ['invalid or excessively nested parameter value'];
};

const written = (value: Value): string => {
  if (isDigits(value)) return value[DIGITS];
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${written(value[key] ?? null)}`)
    .join()}}`;
};

const DANGEROUS =
  /(^|[-_.])(cmd|command|shell|exec|executable|script|code|program|url|uri|endpoint|host|headers|authorization|env|environment|cwd|body|payload|content|template)($|[-_.])/i;
const SECRET = /token|secret|password|credential|apikey|privatekey|bearer|cookie|^auth$|^key$/;
const PATHLIKE =
  /^(path|file|filename|directory|dir|root|cwd|target|destination|source|working_?directory|(file|input|output|source|destination)_?path)$/;
const isPathlike = (name: string): boolean =>
  PATHLIKE.test(name.toLowerCase().replace(/[-._]+/g, '_'));
const isDangerous = (name: string): boolean =>
  DANGEROUS.test(name) ||
  SECRET.test(name.toLowerCase().replace(/[^a-z0-9]/g, '')) ||
  isPathlike(name);
const hasLists = (rules: AllowedTool): boolean =>
  (rules.paths_allowlist ?? []).length + (rules.paths_denylist ?? []).length > 0;

const argumentFaults = (
  params: { [key: string]: Value },
  rules: AllowedTool,
): readonly string[] => {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    const rule = rules.args?.find((candidate) => candidate.name === name);
    if (rules.args !== undefined && rule === undefined) {
      faults.push(`argument "${name}" is not declared by this tool policy`);
    }
    if (rule === undefined && isDangerous(name) && !(isPathlike(name) && hasLists(rules))) {
      faults.push(`dangerous argument "${name}" requires an explicit typed policy rule`);
    }
    const text = typeof value === 'string' ? value : written(value);
    const most = rules.max_arg_length || 4096;
    if (bytes(text) > most) {
      faults.push(`argument "${name}" exceeds max length (${bytes(text)} > ${most})`);
    }
    for (const blocked of rules.args_blocklist ?? []) {
      if (written(value).toLowerCase().includes(blocked.toLowerCase())) {
        faults.push(`argument "${name}" contains blocked pattern ${JSON.stringify(blocked)}`);
      }
    }
    if (rule === undefined) continue;
    const typed: Record<typeof rule.type, boolean> = {
      string: typeof value === 'string',
      boolean: typeof value === 'boolean',
      number: isDigits(value),
      integer:
        isDigits(value) &&
        !/[.eE]/.test(value[DIGITS]) &&
        BigInt(value[DIGITS]) >= -(2n ** 63n) &&
        BigInt(value[DIGITS]) < 2n ** 63n,
      object: isRecord(value),
      array: Array.isArray(value),
    };
    if (!typed[rule.type]) faults.push(`argument "${name}" must have JSON type ${rule.type}`);
    const length =
      typeof value === 'string'
        ? bytes(value)
        : Array.isArray(value)
          ? value.length
          : isRecord(value)
            ? Object.keys(value).length
            : written(value).length;
    if (rule.max_length && length > rule.max_length) {
      faults.push(`argument "${name}" exceeds typed max_length ${rule.max_length}`);
    }
    if (rule.pattern && !(typeof value === 'string' && new RegExp(rule.pattern, 'u').test(value))) {
      faults.push(`argument "${name}" does not match its required pattern`);
    }
  }
  for (const { name, required } of rules.args ?? []) {
    if (required && !Object.hasOwn(params, name)) {
      faults.push(`required argument "${name}" is missing`);
    }
  }
  return faults;
};

const pathFaults = (params: { [key: string]: Value }, rules: AllowedTool): readonly string[] => {
  const named = Object.entries(params).filter(([name]) => isPathlike(name));
  const faults = named.flatMap(([, value]) => onePath(value, rules));
  if (hasLists(rules) && named.length === 0) faults.push('required path parameter missing');
  return faults;
};

const BARRED = new Set(['\0', '\u2044', '\u2215', '\uff0e', '\uff0f', '\ufffd', '\u0301']);

const onePath = (value: Value, rules: AllowedTool): readonly string[] => {
  const raw = typeof value === 'string' ? value : value === null ? '' : written(value);
  if (raw === '') return ['path parameter must not be empty'];
  // Any one of what makes a path invalid.
  const invalid = [
    'invalid path: path contains null byte',
    'invalid path: path contains invalid percent-encoding',
    'invalid path: path is percent-encoded too deeply',
    'invalid path: path contains unicode path confusable',
    'invalid path: path must be absolute',
    'invalid path: cannot resolve path',
  ];
  let path = raw;
  try {
    for (let times = 0; path.includes('%'); times += 1) {
      if (times === 2) return invalid;
      path = decodeURIComponent(path);
    }
  } catch {
    return invalid;
  }
  if ([...path].some((character) => BARRED.has(character)) || path[0] !== '/') {
    return invalid;
  }
  const real = realPrefix(normalize(path).replace(/(.)\/$/, '$1'));
  if (real === undefined) return invalid;
  if ((rules.paths_denylist ?? []).some((pattern) => isBelow(real, pattern))) {
    return ['path matches denylist'];
  }
  const allowed = rules.paths_allowlist ?? [];
  return allowed.length > 0 && !allowed.some((pattern) => isBelow(real, pattern))
    ? ['path not in allowlist']
    : [];
};

const isBelow = (path: string, pattern: string): boolean =>
  `${path}/`.startsWith(`${pattern.replace(/\/\*\*$/, '')}/`);

const realPrefix = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing) return undefined;
    const above = realPrefix(dirname(path));
    return above === undefined ? undefined : join(above, basename(path));
  }
};
