import { areRingsRefused, holdsRing, refuseRings } from '../linux/seccomp/refuse-rings.ts';
import { BROKER_FLAGS } from './broker-flags.ts';

/**
 * Variables by which a loader, an engine or a library takes files and settings from whoever wrote the environment
 * (attack 202). None is a setting of this program.
 */
const LOADS = /^(LD|NODE|UV|OPENSSL|SSL|GLIBC|MALLOC)_/;

/**
 * Makes this process one that the broker can run in: without a JIT, so that no page of it is ever writable
 * and executable, without an io_uring, which no filter sees into, and with nothing loaded that its starter
 * named. The process replaces itself, so the pid that a supervisor or a script knows stays the same. Where a
 * ring cannot be refused, the broker's own lock finds it and says so.
 */
export const becomeBroker = (): void => {
  const kept = Object.entries(process.env).filter(([name]) => !LOADS.test(name));
  const asWanted =
    BROKER_FLAGS.every((flag) => process.execArgv.includes(flag)) &&
    kept.length === Object.keys(process.env).length;
  if (asWanted && (!holdsRing() || areRingsRefused())) return;
  if (!tryRefuseRings() && asWanted) return;
  process.execve?.(
    process.execPath,
    [process.execPath, ...BROKER_FLAGS, ...process.argv.slice(1)],
    Object.fromEntries(kept),
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
