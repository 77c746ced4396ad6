import { closeSync, fstatSync } from 'node:fs';
import { bindNative } from '../libc.ts';
import { LinuxError } from '../linux-error.ts';
import { CURRENT_FOLDER, OPEN } from '../open-flags.ts';
import { openat2 } from '../openat2.ts';
import {
  bitsOf,
  FILE_RIGHTS,
  FS_RIGHTS,
  type FsRight,
  NET_RIGHTS,
  type NetRight,
  SCOPES,
  type Scope,
} from './rights.ts';

/** What is allowed. Everything that is not, and that the kernel knows, is refused. */
export interface LandlockRules {
  readonly fs: readonly FsRule[];
  readonly connectPorts: readonly number[];
  readonly bindPorts: readonly number[];
  /** What is kept inside: signals, and abstract sockets, to processes that are not restricted as well. */
  readonly scoped: readonly Scope[];
}

interface FsRule {
  /** Absolute. A folder stands for all that is below it. */
  readonly path: string;
  readonly rights: readonly FsRight[];
  /** True where a missing path is an error; else its rule is left out, and less is allowed. */
  readonly required?: boolean;
}

/** The same on x86-64 and arm64; glibc has no functions for them. */
const SYS_LANDLOCK_CREATE_RULESET = 444;
const SYS_LANDLOCK_ADD_RULE = 445;
const SYS_LANDLOCK_RESTRICT_SELF = 446;
const RULE_PATH_BENEATH = 1;
const RULE_NET_PORT = 2;

const createRuleset = bindNative(
  'landlock_create_ruleset',
  'long syscall(long, void*, size_t, unsigned int)',
);
const addRule = bindNative(
  'landlock_add_rule',
  'long syscall(long, int, int, void*, unsigned int)',
);
const restrict = bindNative('landlock_restrict_self', 'long syscall(long, int, unsigned int)');

/**
 * Restricts the calling thread and what it starts, for good (landlock(7)): every right that the kernel
 * knows is refused unless a rule allows it. Other threads that run already stay as they are, so it is for
 * a main thread before it starts children, or the inner layer below seccomp. Demands no_new_privs.
 * @param abi of `landlockAbi`; a lower one gives the restriction of an older kernel
 * @throws LinuxError; nothing is restricted then
 */
export const restrictSelf = (rules: LandlockRules, abi: number): void => {
  if (abi < 1) throw new LinuxError('landlock_create_ruleset', 'ENOTSUP');
  const attributes = rulesetAttributes(rules.scoped, abi);
  const ruleset = createRuleset(SYS_LANDLOCK_CREATE_RULESET, attributes, attributes.length, 0);
  try {
    for (const rule of rules.fs) allowPath(ruleset, rule, abi);
    for (const port of rules.bindPorts) allowPort(ruleset, 'bind_tcp', port, abi);
    for (const port of rules.connectPorts) allowPort(ruleset, 'connect_tcp', port, abi);
    restrict(SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0);
  } finally {
    closeSync(ruleset);
  }
};

// An older kernel takes a longer structure only where the rest of it is zero; and so it is, since what
// the kernel does not know has no bit. Yet each gets the length that it knows: nothing rests on that.
const rulesetAttributes = (scoped: readonly Scope[], abi: number): Buffer => {
  const bytes = Buffer.alloc(abi >= 6 ? 24 : abi >= 4 ? 16 : 8);
  const fields = [
    bitsOf(FS_RIGHTS, FS_RIGHTS, abi),
    bitsOf(NET_RIGHTS, NET_RIGHTS, abi),
    bitsOf(SCOPES, scoped, abi),
  ];
  fields.slice(0, bytes.length / 8).forEach((bits, place) => {
    bytes.writeBigUInt64LE(bits, place * 8);
  });
  return bytes;
};

const allowPath = (ruleset: number, rule: FsRule, abi: number): void => {
  const place = openPlace(rule);
  if (place === undefined) return;
  try {
    const rights = fstatSync(place).isDirectory()
      ? rule.rights
      : rule.rights.filter((right) => FILE_RIGHTS.includes(right));
    const allowed = bitsOf(FS_RIGHTS, rights, abi);
    if (allowed === 0n) return;
    const bytes = Buffer.alloc(12);
    bytes.writeBigUInt64LE(allowed, 0);
    bytes.writeInt32LE(place, 8);
    addRule(SYS_LANDLOCK_ADD_RULE, ruleset, RULE_PATH_BENEATH, bytes, 0);
  } finally {
    closeSync(place);
  }
};

const openPlace = ({ path, required = false }: FsRule): number | undefined => {
  const how = { flags: OPEN.pathOnly | OPEN.closeOnExec, mode: 0, resolve: 0 };
  try {
    return openat2(CURRENT_FOLDER, path, how);
  } catch (thrown) {
    // What this process cannot reach by name it could not have used either.
    const unreachable =
      thrown instanceof LinuxError && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(thrown.code);
    if (unreachable && !required) return undefined;
    throw thrown;
  }
};

const allowPort = (ruleset: number, right: NetRight, port: number, abi: number): void => {
  const allowed = bitsOf(NET_RIGHTS, [right], abi);
  if (allowed === 0n) return;
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(allowed, 0);
  bytes.writeBigUInt64LE(BigInt(port), 8);
  addRule(SYS_LANDLOCK_ADD_RULE, ruleset, RULE_NET_PORT, bytes, 0);
};
