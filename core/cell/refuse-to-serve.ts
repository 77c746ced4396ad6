import { writeSync } from 'node:fs';
import type { RawSyscall } from '../linux/raw-syscall.ts';
import { syscallNumbers } from '../linux/seccomp/syscall-numbers.ts';
import { thisArchitecture } from '../linux/this-architecture.ts';
import { AgentError } from '../vocabulary/errors.ts';
import { ownValue } from '../vocabulary/json.ts';

const STDERR = 2;
const STATUS = 1;

/**
 * Ends a cell that does not stand as it should: one line of JSON on stderr, `{"layer":…,"reason":…}`, and
 * a status of 1. Half of the lock may be up: Node's own way out would flush and hang, so the kernel's is taken.
 */
export const refuseToServe = (thrown: unknown, syscall: RawSyscall): never => {
  const layer = thrown instanceof AgentError ? ownValue(thrown.details, 'layer') : undefined;
  // Read by the broker alone, so a path in Node's own message may stand.
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const line = JSON.stringify({ layer: layer ?? 'load', reason });
  try {
    writeSync(STDERR, `${line}\n`);
  } catch {
    // Nobody listens; the status says it too.
  }
  syscall(syscallNumbers(thisArchitecture()).get('exit_group') ?? -1, STATUS);
  return process.exit(STATUS);
};
