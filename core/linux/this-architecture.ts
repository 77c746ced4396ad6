import { AgentError } from '../vocabulary/errors.ts';
import type { Architecture } from './seccomp/syscall-numbers.ts';

/**
 * The processor that this process runs on.
 * @throws AgentError `sandbox_unavailable` on one that no filter is compiled for
 */
export const thisArchitecture = (): Architecture => {
  const { arch } = process;
  if (arch === 'x64' || arch === 'arm64') return arch;
  throw new AgentError({
    code: 'sandbox_unavailable',
    message: `processor is \`${arch}\`, expected \`x64\` or \`arm64\``,
  });
};
