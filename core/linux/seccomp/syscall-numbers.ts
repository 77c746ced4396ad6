import { SYSCALLS_ARM64 } from './syscalls-arm64.ts';
import { SYSCALLS_X64 } from './syscalls-x64.ts';

/** The two processors that we compile filters for, as `process.arch` names them. */
export type Architecture = 'x64' | 'arm64';

const parseTable = (text: string): ReadonlyMap<string, number> => {
  const numbers = new Map<string, number>();
  for (const line of text.trim().split('\n')) {
    const [first = '', ...names] = line.split(' ');
    names.forEach((name, index) => {
      numbers.set(name, Number(first) + index);
    });
  }
  return numbers;
};

const TABLES: Readonly<Record<Architecture, ReadonlyMap<string, number>>> = {
  x64: parseTable(SYSCALLS_X64),
  arm64: parseTable(SYSCALLS_ARM64),
};

/** Every system call that an architecture has, by the kernel's name for it. */
export const syscallNumbers = (architecture: Architecture): ReadonlyMap<string, number> =>
  TABLES[architecture];

/** True for a name that some architecture has; where another lacks it, its rules have nothing to bind. */
export const isSyscallName = (name: string): boolean =>
  TABLES.x64.has(name) || TABLES.arm64.has(name);
