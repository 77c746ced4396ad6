import type { KernelLayer } from '../../protocol/messages.ts';
import { KERNEL_LAYERS } from '../../protocol/messages.ts';
import type { SandboxProfile } from '../../protocol/profile.ts';
import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import type { Launcher } from './cell-process.ts';
import { makePool } from './pool.ts';
import { type OnViolation, openSession, type Session } from './session.ts';
import { failed, type StepJob, type StepOutcome } from './step-job.ts';

export type { Launcher } from './cell-process.ts';
export type { Handle, HandleMethod, StepJob, StepOutcome } from './step-job.ts';
export type { StepLog } from './step-log.ts';

/** The broker's side of the boundary: launches, feeds, watches and kills cells. */
export interface Supervisor {
  /** Runs one step in a fresh isolate. Never rejects. */
  run(job: StepJob): Promise<StepOutcome>;
  status(): SupervisorStatus;
  /** Settles once a cell stands behind its whole wall. @throws sandbox_unavailable with the reason */
  ready(): Promise<void>;
  /** Kills every cell and waits for their ends. */
  close(): Promise<void>;
}

export interface SupervisorStatus {
  readonly cells: readonly { readonly pid: number; readonly busy: boolean }[];
  /** Layers of the wall that no cell puts up, in words for the log and `/health`. */
  readonly missing: readonly string[];
}

interface SupervisorDeps {
  readonly launcher: Launcher;
  readonly profile: SandboxProfile;
  readonly log: Log;
  /** The most cells at once. */
  readonly size?: number;
  /** Takes cells that lack a layer of the wall as well. */
  readonly weak?: boolean;
  readonly onViolation?: OnViolation;
}

export const makeSupervisor = (deps: SupervisorDeps): Supervisor => {
  const { launcher, profile, log, size = 4, weak = false } = deps;
  const onViolation: OnViolation = (event) => {
    log.error(event, 'a cell broke the protocol and was killed');
    deps.onViolation?.(event);
  };
  const open = async (): Promise<Session> => {
    const session = await openSession(await launcher.launch(profile.name), profile, onViolation);
    const missing = missingLayers([session.layers]);
    if (weak || missing.length === 0) return session;
    session.kill();
    throw new AgentError({ code: 'sandbox_unavailable', message: missing.join('; ') });
  };
  const pool = makePool(open, size, log);

  return Object.freeze({
    run: async (job: StepJob): Promise<StepOutcome> => {
      try {
        const session = await pool.acquire(job.signal);
        const run = await session.run(job);
        pool.release(session, run, job.recycle ?? false);
        return run.outcome;
      } catch (thrown) {
        return job.signal.aborted
          ? failed('cancelled', 'the step was cancelled')
          : failed('sandbox_unavailable', toAgentError(thrown).message);
      }
    },
    status: (): SupervisorStatus => {
      const cells = pool.cells();
      return {
        cells: cells.map(({ session, busy }) => ({ pid: session.pid, busy })),
        missing: missingLayers(cells.map(({ session }) => session.layers)),
      };
    },
    ready: () => pool.ready,
    close: () => pool.close(),
  });
};

/** A layer counts only if every cell has it; without a cell nothing is proven. */
const missingLayers = (cells: readonly (readonly KernelLayer[])[]): readonly string[] =>
  KERNEL_LAYERS.filter(
    (layer) => cells.length === 0 || !cells.every((layers) => layers.includes(layer)),
  ).map((layer) => MISSING[layer]);

const MISSING: Readonly<Record<KernelLayer, string>> = {
  no_new_privs: 'no_new_privs: a cell may gain rights through an exec',
  mdwe: 'memory-deny-write-execute: a cell may make memory executable',
  not_dumpable: 'not-dumpable: another process of its user may trace a cell',
  no_core: 'no-core: a crash may write the memory of a cell to a file',
  landlock: 'landlock: a cell may open what its user may open',
  seccomp: 'seccomp: a cell may make every system call',
};
