import { landlockRules } from '../../linux/landlock/landlock-profile.ts';
import { restrictSelf } from '../../linux/landlock/restrict-self.ts';
import {
  denyWriteExecute,
  forbidCoreDumps,
  processControls,
  setNoNewPrivileges,
  setNotDumpable,
} from '../../linux/process-controls.ts';
import type { RawSyscall } from '../../linux/raw-syscall.ts';
import { compileSeccomp } from '../../linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../linux/seccomp/install-seccomp.ts';
import type { Architecture } from '../../linux/seccomp/syscall-numbers.ts';
import type { KernelLayer } from '../../protocol/lock-facts.ts';
import type { Wall } from '../read-wall.ts';
import { mayDumpCore } from './core-limit.ts';
import { actsOfSeccomp, holesIn, LIST_ROOT, MAP_WRITABLE_CODE } from './trial.ts';

/** One mechanism of the kernel, and the proof that it works here. */
export interface Layer {
  readonly name: KernelLayer;
  /** Puts it up, for good. @throws LinuxError where the kernel lacks or refuses it */
  readonly raise: () => void;
  /** What it should refuse by now and does not: empty when it holds (attack 203). */
  readonly holes: () => readonly string[];
}

export interface LayerParts {
  readonly wall: Wall;
  readonly abi: number;
  readonly architecture: Architecture;
  readonly pid: number;
  readonly parent: number;
  readonly syscall: RawSyscall;
}

/** The layers in the order in which they go up; seccomp last, for it refuses what puts up the others. */
export const makeKernelLayers = (parts: LayerParts): readonly Layer[] => {
  const { wall, abi, architecture, pid, parent, syscall } = parts;
  const filter = compileSeccomp(wall.seccomp, { architecture, ownPid: pid });
  const rules = landlockRules(wall.landlock, new Map(), new Map());
  const unless = (holds: boolean, hole: string): readonly string[] => (holds ? [] : [hole]);
  return [
    {
      name: 'no_new_privs',
      raise: setNoNewPrivileges,
      holes: () => unless(processControls().noNewPrivileges, 'not set'),
    },
    {
      name: 'mdwe',
      raise: () => denyWriteExecute({ inherited: true }),
      holes: () => holesIn([MAP_WRITABLE_CODE], 'EACCES', architecture, syscall),
    },
    {
      name: 'not_dumpable',
      raise: setNotDumpable,
      holes: () => unless(!processControls().dumpable, 'dumpable still'),
    },
    {
      name: 'no_core',
      raise: forbidCoreDumps,
      holes: () => unless(!mayDumpCore(architecture, syscall), 'a core may be written still'),
    },
    {
      name: 'landlock',
      raise: () => restrictSelf(rules, abi),
      holes: () => holesIn([LIST_ROOT], 'EACCES', architecture, syscall),
    },
    {
      name: 'seccomp',
      raise: () => installSeccomp(filter),
      holes: () => holesIn(actsOfSeccomp(pid, parent), 'EPERM', architecture, syscall),
    },
  ];
};
