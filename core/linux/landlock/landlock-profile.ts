import { AgentError } from '../../vocabulary/errors.ts';
import { isJsonObject, ownValue } from '../../vocabulary/json.ts';
import type { LandlockRules } from './restrict-self.ts';
import {
  FS_RIGHTS,
  type FsRight,
  LANDLOCK_RIGHTS,
  type LandlockRight,
  SCOPES,
  type Scope,
} from './rights.ts';

/** A Landlock profile, `sandbox-profiles/landlock/NAME.json`: what a kind of process may, by placeholders. */
export interface LandlockProfile {
  readonly fs: readonly ProfileRule[];
  readonly connectTcp: Ports;
  readonly bindTcp: Ports;
  readonly scoped: readonly Scope[];
  /** For a right that an older kernel lacks: the system calls that seccomp refuses in its place. */
  readonly coveredBy: ReadonlyMap<LandlockRight, readonly string[]>;
}

interface ProfileRule {
  /** Absolute paths, and placeholders such as `@program`. */
  readonly paths: readonly string[];
  readonly rights: readonly FsRight[];
  /** True where each of the paths must exist. */
  readonly required: boolean;
}

/** Port numbers, or a placeholder for some. */
type Ports = string | readonly number[];

/**
 * A profile from JSON data: exactly the known keys, rights that Landlock has, absolute paths.
 * @throws AgentError `configuration`, naming the key
 */
export const parseLandlockProfile = (value: unknown): LandlockProfile => {
  const profile = record(value, 'profile', KEYS, []);
  return {
    fs: list(profile.get('fs'), 'fs').map(parseRule),
    connectTcp: ports(profile.get('connect_tcp'), 'connect_tcp'),
    bindTcp: ports(profile.get('bind_tcp'), 'bind_tcp'),
    scoped: words(profile.get('scoped'), 'scoped', SCOPES),
    coveredBy: parseCover(profile.get('covered_by')),
  };
};

const KEYS = ['fs', 'connect_tcp', 'bind_tcp', 'scoped', 'covered_by'];

const parseRule = (value: unknown): ProfileRule => {
  const rule = record(value, 'fs', ['paths', 'rights'], ['required']);
  const required = rule.get('required') ?? false;
  if (typeof required !== 'boolean') throw wrong('required');
  return {
    paths: texts(rule.get('paths'), 'paths', PLACE),
    rights: words(rule.get('rights'), 'rights', FS_RIGHTS),
    required,
  };
};

const parseCover = (value: unknown): LandlockProfile['coveredBy'] =>
  new Map(
    [...record(value, 'covered_by', [], LANDLOCK_RIGHTS)].map(([right, calls]) => [
      oneOf(right, 'covered_by', LANDLOCK_RIGHTS),
      texts(calls, right, SYSTEM_CALL),
    ]),
  );

const PLACEHOLDER = /^@[a-z][a-z_]*$/;
/** A placeholder, or an absolute path in its one spelling. */
const PLACE = /^(?:@[a-z][a-z_]*|(?:\/(?!\.{1,2}(?:\/|$))[^/\0]+)+)$/;
const SYSTEM_CALL = /^[a-z][a-z0-9_]*$/;
const HIGHEST_PORT = 65_535;

const ports = (value: unknown, key: string): Ports => {
  if (typeof value === 'string') {
    if (!PLACEHOLDER.test(value)) throw wrong(key);
    return value;
  }
  return list(value, key).map((port) => {
    if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > HIGHEST_PORT)
      throw wrong(key);
    return Number(port);
  });
};

const record = (
  value: unknown,
  key: string,
  required: readonly string[],
  optional: readonly string[],
): ReadonlyMap<string, unknown> => {
  if (!isJsonObject(value)) throw wrong(key);
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) throw wrong(name);
  }
  for (const name of required) if (ownValue(value, name) === undefined) throw wrong(name);
  return new Map(Object.entries(value));
};

const list = (value: unknown, key: string): readonly unknown[] => {
  if (!Array.isArray(value) || new Set(value).size !== value.length) throw wrong(key);
  return value;
};

const texts = (value: unknown, key: string, shape: RegExp): readonly string[] =>
  nonEmpty(value, key).map((text) => {
    if (typeof text !== 'string' || !shape.test(text)) throw wrong(key);
    return text;
  });

const nonEmpty = (value: unknown, key: string): readonly unknown[] => {
  const items = list(value, key);
  if (items.length === 0) throw wrong(key);
  return items;
};

const words = <Word extends string>(
  value: unknown,
  key: string,
  all: readonly Word[],
): readonly Word[] => list(value, key).map((word) => oneOf(word, key, all));

const oneOf = <Word extends string>(value: unknown, key: string, all: readonly Word[]): Word => {
  const word = all.find((candidate) => candidate === value);
  if (word === undefined) throw wrong(key);
  return word;
};

const wrong = (key: string): AgentError =>
  new AgentError({
    code: 'configuration',
    message: `landlock profile: \`${key.slice(0, 64)}\` is missing, unknown or not as the schema has it`,
  });

/**
 * The profile with each placeholder replaced by what it stands for in this process.
 * @param places by placeholder, `@` included; one that stands for nothing has an empty list
 * @param ports by placeholder
 * @throws AgentError `configuration` for a placeholder that is in neither
 */
export const landlockRules = (
  profile: LandlockProfile,
  places: ReadonlyMap<string, readonly string[]>,
  ports: ReadonlyMap<string, readonly number[]>,
): LandlockRules => ({
  fs: profile.fs.flatMap(({ paths, rights, required }) =>
    paths
      .flatMap((path) => (path.startsWith('@') ? known(places, path) : [path]))
      .map((path) => ({ path, rights, required })),
  ),
  connectPorts: portsOf(profile.connectTcp, ports),
  bindPorts: portsOf(profile.bindTcp, ports),
  scoped: profile.scoped,
});

const portsOf = (ports: Ports, table: ReadonlyMap<string, readonly number[]>): readonly number[] =>
  typeof ports === 'string' ? known(table, ports) : ports;

const known = <Value>(
  table: ReadonlyMap<string, readonly Value[]>,
  name: string,
): readonly Value[] => {
  const found = table.get(name);
  if (found !== undefined) return found;
  const message = `landlock profile: nothing is known of the placeholder \`${name}\``;
  throw new AgentError({ code: 'configuration', message });
};
