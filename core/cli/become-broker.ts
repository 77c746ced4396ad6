import { areRingsRefused, holdsRing, refuseRings } from '../linux/seccomp/refuse-rings.ts';
import { BROKER_FLAGS } from './broker-flags.ts';

/**
 * Makes this process one that the broker can run in: without a JIT, so that no page of it is ever writable
 * and executable, and without an io_uring, which no filter sees into. The process replaces itself, so the pid
 * that a supervisor or a script knows stays the same. Where a ring cannot be refused, the broker's own lock
 * finds it and says so.
 */
export const becomeBroker = (): void => {
  const flagged = BROKER_FLAGS.every((flag) => process.execArgv.includes(flag));
  if (flagged && (!holdsRing() || areRingsRefused())) return;
  if (!tryRefuseRings() && flagged) return;
  const { NODE_OPTIONS: _dropped, ...env } = process.env;
  process.execve?.(
    process.execPath,
    [process.execPath, ...BROKER_FLAGS, ...process.argv.slice(1)],
    env,
  );
  throw new Error('cannot restart without a JIT');
};

const tryRefuseRings = (): boolean => {
  try {
    refuseRings();
    return true;
  } catch {
    return false;
  }
};
