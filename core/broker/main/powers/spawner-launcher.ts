import { fileURLToPath } from 'node:url';
import { receiveDescriptors } from '../../../linux/pass-descriptors.ts';
import { violation } from '../../../protocol/frame.ts';
import { encodeSpawnerRequest, type SpawnerAnswer } from '../../../protocol/spawner.ts';
import type { ProfileName } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { CellProcess } from '../../supervisor/cell-process.ts';
import type { CellSource, CellSourceFacts } from '../cell-source.ts';
import { type SpawnedCell, spawnedCell } from './spawned-cell.ts';
import { startSpawnerProcess } from './spawner-process.ts';

const SPAWNER_MAIN = fileURLToPath(new URL('../../../spawner/main.js', import.meta.url));

interface SpawnerLauncherOptions {
  /** `owned` for `doctor` and `probe` alone: cells that run an attacker's script behind the same lock. */
  readonly entry?: 'cell' | 'owned';
  /** Goes on without the layers that the kernel lacks. */
  readonly weak?: boolean;
  /** Another spawner, and its arguments: only tests have one. */
  readonly program?: readonly string[];
}

/**
 * Starts the spawner, and cells through it: the one thing that the broker cannot do by itself once it is
 * locked. Without the spawner there are no cells; nothing takes its place.
 */
export const makeSpawnerLauncher = ({
  entry = 'cell',
  weak = false,
  program = [SPAWNER_MAIN, entry],
}: SpawnerLauncherOptions = {}): CellSource => {
  const facts = Promise.withResolvers<CellSourceFacts>();
  const gone = Promise.withResolvers<string>();
  const asked = new Map<number, PromiseWithResolvers<CellProcess>>();
  const cells = new Map<number, SpawnedCell>();
  let requests = 0;
  let isReady = false;
  let closing = false;
  let loss: string | undefined;
  facts.promise.catch(() => {});

  const hold = (): void => spawner.hold(!isReady || asked.size > 0 || cells.size > 0);
  const request = (number: number): PromiseWithResolvers<CellProcess> => {
    const found = asked.get(number);
    if (found === undefined) throw violation('an answer to no request');
    asked.delete(number);
    return found;
  };
  const answer = (told: SpawnerAnswer): void => {
    const { type } = told;
    switch (type) {
      case 'ready':
        isReady = true;
        facts.resolve({ inherited: told.layers });
        break;
      case 'started': {
        const [channel = -1, pidfd = -1] = receiveDescriptors(spawner.descriptors, 2);
        const cell = spawnedCell(told.pid, channel, pidfd);
        cells.set(told.pid, cell);
        request(told.number).resolve(cell);
        break;
      }
      case 'refused':
        request(told.number).reject(unavailable(`no cell starts: ${told.reason}`));
        break;
      case 'ended': {
        const { pid, code, signal, said } = told;
        cells.get(pid)?.onEnd({ code, signal, said });
        cells.delete(pid);
        break;
      }
      default: {
        const never: never = type;
        throw violation(`unknown answer \`${String(never)}\``);
      }
    }
    hold();
  };
  const ended = (reason: string): void => {
    loss = reason;
    facts.reject(unavailable(reason));
    for (const { reject } of asked.values()) reject(unavailable(reason));
    asked.clear();
    // Whoever would have told of their ends is gone, so they end now.
    for (const cell of cells.values()) {
      cell.kill();
      cell.onEnd({ code: null, signal: 'SIGKILL' });
    }
    cells.clear();
    if (!closing) gone.resolve(reason);
  };
  const spawner = startSpawnerProcess([...program, ...(weak ? ['--weak'] : [])], {
    answer,
    ended,
  });

  return Object.freeze({
    ready: () => facts.promise,
    lost: () => loss,
    gone: gone.promise,
    launch: async (profile: ProfileName): Promise<CellProcess> => {
      if (loss !== undefined) throw unavailable(loss);
      requests += 1;
      const deferred = Promise.withResolvers<CellProcess>();
      asked.set(requests, deferred);
      hold();
      spawner.ask(encodeSpawnerRequest({ profile }));
      return deferred.promise;
    },
    close: (): Promise<void> => {
      closing = true;
      return spawner.close();
    },
  });
};

const unavailable = (message: string): AgentError =>
  new AgentError({ code: 'sandbox_unavailable', message });
