import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutConstructors } from '../../linux/elf/without-constructors.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { runOwnedCell } from '../owned-cell.ts';
import { X32_TEXT } from './attack-text.ts';
import type { Cells } from './cells.ts';
import type { Row } from './row.ts';

const WAIT_MS = 10_000;
/** Which signal ends a process whose call the filter kills. */
const KILLED = 'SIGSYS';

/**
 * A call with the bit of x32, which a filter that looks at the architecture alone lets through (attack 209).
 * The cell must not outlive it: each has a cell of its own.
 */
export const tryX32 = async (profile: ProfileName, cells: Cells): Promise<Row> => {
  const place = { process: 'cell', profile, tried: 'make an x32 call' } as const;
  if (process.arch !== 'x64') return none(place, 'the processor has none');
  const { exit, ended } = await runOwnedCell(
    await cells.launch(profile),
    { kind: 'script', text: X32_TEXT },
    { waitMs: WAIT_MS },
  );
  return killed(place, exit.signal, ended, 'seccomp: x32 bit');
};

/**
 * The 32-bit entry of an x86-64 kernel, by a library that Debian's gcc makes here. A kernel without that
 * entry answers with a segmentation fault, which is what its absence looks like.
 * @param library undefined where there is no compiler
 */
export const tryForeignEntry = async (
  profile: ProfileName,
  cells: Cells,
  library: string | undefined,
): Promise<Row> => {
  const place = { process: 'cell', profile, tried: 'make a call of i386 (int 0x80)' } as const;
  if (process.arch !== 'x64') return none(place, 'the processor has none');
  if (library === undefined) return none(place, 'not tried: no compiler');
  const { exit, ended, lock } = await runOwnedCell(
    await cells.launch(profile),
    { kind: 'shared_object', text: library },
    { waitMs: WAIT_MS },
  );
  if (lock === undefined) return none(place, `not tried: ${exit.said || 'no cell'}`);
  if (exit.signal === 'SIGSEGV') return none(place, 'kernel has none');
  return killed(place, exit.signal, ended, 'seccomp: architecture');
};

// getpid of i386, which has no effect; where nothing ends the process it answers the pid.
const SOURCE = `int attack(void) {
  int answer;
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20) : "memory");
  return answer;
}
`;

/** The path of the library, or undefined where it cannot be made. */
export const buildForeignEntry = (folder: string): string | undefined => {
  if (process.arch !== 'x64') return undefined;
  const source = join(folder, 'foreign-entry.c');
  const library = join(folder, 'foreign-entry.so');
  writeFileSync(source, SOURCE);
  const { status } = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source], {
    stdio: 'ignore',
    timeout: WAIT_MS,
  });
  if (status !== 0) return undefined;
  writeFileSync(library, withoutConstructors(readFileSync(library), thisArchitecture()), {
    mode: 0o644,
  });
  return library;
};

type Tried = Pick<Row, 'process' | 'profile' | 'tried'>;

const killed = (
  place: Tried,
  signal: string | null,
  ended: string | undefined,
  layer: string,
): Row => ({
  ...place,
  answered: signal === KILLED || ended === undefined ? `${signal}` : ended,
  enforcedBy: signal === KILLED ? layer : null,
  mandatory: true,
  ok: signal === KILLED,
});

/** Nothing to enforce, or nothing to try it with. */
const none = (place: Tried, answered: string): Row => ({
  ...place,
  answered,
  enforcedBy: null,
  mandatory: false,
  ok: true,
});
