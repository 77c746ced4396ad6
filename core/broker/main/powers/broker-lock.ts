import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { landlockAbi } from '../../../linux/landlock/landlock-abi.ts';
import { landlockRules, parseLandlockProfile } from '../../../linux/landlock/landlock-profile.ts';
import { programPlaces } from '../../../linux/landlock/program-places.ts';
import { restrictSelf } from '../../../linux/landlock/restrict-self.ts';
import {
  denyWriteExecute,
  forbidCoreDumps,
  processControls,
  setNoNewPrivileges,
  setNotDumpable,
} from '../../../linux/process-controls.ts';
import { bindRawSyscall, type SyscallArgument } from '../../../linux/raw-syscall.ts';
import { readKernelProfile } from '../../../linux/read-kernel-profile.ts';
import { compileSeccomp } from '../../../linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../../linux/seccomp/install-seccomp.ts';
import { holdsRing } from '../../../linux/seccomp/refuse-rings.ts';
import { parseSeccompProfile } from '../../../linux/seccomp/seccomp-profile.ts';
import { syscallNumbers } from '../../../linux/seccomp/syscall-numbers.ts';
import { thisArchitecture } from '../../../linux/this-architecture.ts';
import type { KernelLayer } from '../../../protocol/messages.ts';
import type { BrokerPlaces } from '../broker-places.ts';
import type { BrokerLockPower, Trial } from '../lock-broker.ts';

/** The real lock of this process. Every profile is read before the first layer stands. */
export const makeBrokerLockPowers = (): BrokerLockPower =>
  Object.freeze({
    threads: () =>
      readdirSync('/proc/self/task').map((id) =>
        readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim(),
      ),
    holdsRing,
    put: (layer: KernelLayer, places: BrokerPlaces) => RAISE[layer](places),
    tryOut,
  });

/** Below the package: what runs, and what is read when a part is made. */
const PROGRAM: readonly string[] = [
  'dist',
  'plugins',
  'sandbox-profiles',
  'schemas',
  'package.json',
];

const rulesOf = ({ folders, ports }: BrokerPlaces): Parameters<typeof restrictSelf>[0] =>
  landlockRules(
    parseLandlockProfile(readKernelProfile('landlock', 'broker')),
    new Map([...folders, ...programPlaces(PROGRAM)]),
    ports,
  );

const putSeccomp = (): void => {
  const { noNewPrivileges, denyWriteExecute: mdwe, dumpable } = processControls();
  // The filter refuses the questions, so they are asked here.
  if (!noNewPrivileges || !mdwe || dumpable) throw new Error('an earlier layer does not stand');
  const profile = parseSeccompProfile(readKernelProfile('seccomp', 'broker'));
  const machine = { architecture: thisArchitecture(), ownPid: process.pid };
  installSeccomp(compileSeccomp(profile, machine));
};

const RAISE: Readonly<Record<KernelLayer, (places: BrokerPlaces) => void>> = {
  no_new_privs: setNoNewPrivileges,
  mdwe: () => denyWriteExecute({ inherited: true }),
  not_dumpable: setNotDumpable,
  no_core: forbidCoreDumps,
  landlock: (places) => restrictSelf(rulesOf(places), landlockAbi()),
  seccomp: putSeccomp,
};

const syscall = bindRawSyscall();
const REFUSALS: readonly string[] = ['EPERM', 'EACCES', 'ENOSYS'];
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const NO_REQUEST = 0x7fff;

/** Files that every system has and everyone may read; the first that lies in no allowed place is tried. */
const OUTSIDE: readonly string[] = ['/etc/passwd', '/etc/hostname', '/bin/sh'];

const tryOut = (places: BrokerPlaces): readonly Trial[] => {
  const allowed = [...places.folders.values()].flat();
  const outside = OUTSIDE.find(
    (file) => existsSync(file) && !allowed.some((place) => file.startsWith(`${place}/`)),
  );
  return [
    ...(outside === undefined ? [] : [tryOpen(outside)]),
    // Each of them fails for another reason where no filter refuses it, so nothing happens then either.
    tryCall('execve', '', 0, 0),
    tryCall('socket', AF_INET6, SOCK_STREAM, 0),
    tryCall('ptrace', NO_REQUEST, 0, 0, 0),
    tryCall('io_uring_setup', 0, 0),
  ];
};

const tryOpen = (path: string): Trial => {
  const trial = { layer: 'landlock', tried: `open of \`${path}\`` } as const;
  try {
    closeSync(openSync(path, 'r'));
    return { ...trial, answered: 'opened', refused: false };
  } catch (thrown) {
    const answered = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    return { ...trial, answered, refused: REFUSALS.includes(answered) };
  }
};

const tryCall = (name: string, ...args: SyscallArgument[]): Trial => {
  const number = syscallNumbers(thisArchitecture()).get(name) ?? -1;
  const { value, errno } = syscall(number, ...args);
  if (errno === null && name === 'socket') closeSync(value);
  const answered = errno ?? `${value}`;
  return {
    layer: 'seccomp',
    tried: `\`${name}\``,
    answered,
    refused: REFUSALS.includes(answered),
  };
};
