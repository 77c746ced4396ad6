import type { Architecture } from '../../linux/seccomp/syscall-numbers.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';

/** @throws CommandFailure on a processor that no filter is compiled for */
export const thisMachine = (): Architecture => {
  const { arch } = process;
  if (arch === 'x64' || arch === 'arm64') return arch;
  throw new CommandFailure(EXIT.failed, `no wall stands on a processor of the kind \`${arch}\``);
};
