import type { Log } from '../../vocabulary/log.ts';
import type { AgentPolicy } from '../policy/agent-policy.ts';
import { brokerPlaces, restoreFolder, socketFolder, stateFolders } from './broker-places.ts';
import type { CellSource } from './cell-source.ts';
import type { Config } from './config.ts';
import { type LayerFailure, lockBroker } from './lock-broker.ts';
import type { Powers } from './powers.ts';
import type { OnClose } from './teardown.ts';

/** The broker behind its own lock, with what starts cells for it outside of that. */
export interface Wall {
  readonly cells: CellSource;
  /** What the kernel refused the broker; empty unless the start is a weak one. */
  readonly missing: readonly LayerFailure[];
}

/**
 * First the spawner, because nothing can be started afterwards; then the lock, before the first thread of a
 * pool, the first row of the store and the first byte from outside.
 * @throws AgentError `sandbox_unavailable` naming what is missing
 */
export const raiseWall = async (
  config: Config,
  policy: AgentPolicy,
  powers: Pick<Powers, 'startCells' | 'lock' | 'program'>,
  log: Log,
  onClose: OnClose,
): Promise<Wall> => {
  const weak = config.allow.weakSandbox;
  makeFolders(config, powers.program);
  const cells = powers.startCells({ launcher: config.launcher, weak });
  onClose(() => cells.close());
  void cells.gone.then((reason) => log.error({ reason }, 'no further cell can be started'));
  const missing = lockBroker(powers.lock, brokerPlaces(config, policy), { weak });
  if (weak) log.error({ missing }, 'WEAK SANDBOX: not for production');
  await cells.ready();
  return { cells, missing };
};

// A folder that is missing when the broker locks itself would stay out of its reach. One that cannot be
// made is told of by whoever needs it.
const makeFolders = (config: Config, { makeFolder }: Powers['program']): void => {
  const attempt = (path: string, mode: number): void => {
    try {
      makeFolder(path, mode);
    } catch {
      // see above
    }
  };
  for (const folder of [...stateFolders(config), restoreFolder(config)]) attempt(folder, 0o700);
  for (const folder of socketFolder(config)) attempt(folder, 0o750);
};
