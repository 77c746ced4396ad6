import { readFileSync } from 'node:fs';
import { type Architecture, compileSeccomp } from '../../../core/linux/seccomp/compile-seccomp.ts';
import {
  parseSeccompProfile,
  type SeccompProfile,
} from '../../../core/linux/seccomp/seccomp-profile.ts';
import { syscallNumbers } from '../../../core/linux/seccomp/syscall-numbers.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { interpret } from './bpf-interpreter.ts';
import { AUDIT_ARCH } from './reference-verdict.ts';

export const SHIPPED = ['broker', 'cell', 'no-ring', 'spawner'] as const;
export type Shipped = (typeof SHIPPED)[number];
export const OWN_PID = 4321;

export const shippedJson = (name: Shipped): unknown =>
  JSON.parse(readFileSync(`${PACKAGE_ROOT}/sandbox-profiles/seccomp/${name}.json`, 'utf8'));
export const shippedProfile = (name: Shipped): SeccompProfile =>
  parseSeccompProfile(shippedJson(name));

/** A shipped profile as the kernel would run it: asks for the answer to one call. */
export const shippedFilter = (
  name: Shipped,
  architecture: Architecture,
): ((call: string, ...args: readonly (number | bigint)[]) => number) => {
  const program = compileSeccomp(shippedProfile(name), { architecture, ownPid: OWN_PID });
  return (call, ...args) => {
    const number = syscallNumbers(architecture).get(call);
    if (number === undefined) throw new Error(`no ${call} on ${architecture}`);
    return interpret(program, {
      architecture: AUDIT_ARCH[architecture],
      number,
      args: args.map(BigInt),
    });
  };
};
