import type { KernelLayer } from '../../protocol/messages.ts';
import { KERNEL_LAYERS } from '../../protocol/messages.ts';
import type { SandboxProfile } from '../../protocol/profile.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import type { Launcher } from './cell-process.ts';
import { type CellDeath, makePool } from './pool.ts';
import { makeQuarantine, type QuarantinedPlugin, quarantined } from './quarantine.ts';
import { type OnViolation, openSession, type Session } from './session.ts';
import { failed, type StepJob, type StepOutcome } from './step-job.ts';

export type { Launcher } from './cell-process.ts';
export type { CellDeath } from './pool.ts';
export type { QuarantinedPlugin } from './quarantine.ts';
export type { Violation } from './session.ts';
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
  readonly quarantined: readonly QuarantinedPlugin[];
  /** How often a cell broke the protocol, since the start. */
  readonly violations: number;
}

interface SupervisorDeps {
  readonly launcher: Launcher;
  readonly profiles: Readonly<Record<ProfileName, SandboxProfile>>;
  readonly log: Log;
  /** Milliseconds since any fixed moment; no change of the machine's clock touches it. */
  readonly elapsed: () => number;
  /** The most cells at once. */
  readonly size?: number;
  /** Takes cells that lack a layer of the wall as well. */
  readonly weak?: boolean;
  readonly onViolation?: OnViolation;
  /** Told of each cell that died under a plugin. */
  readonly onDeath?: (death: CellDeath) => void;
  /** Told when a quarantine begins, and each time that it is prolonged. */
  readonly onQuarantine?: (plugin: QuarantinedPlugin) => void;
}

export const makeSupervisor = (deps: SupervisorDeps): Supervisor => {
  const { launcher, profiles, log, elapsed, size = 4, weak = false } = deps;
  const quarantine = makeQuarantine(elapsed);
  let violations = 0;

  const onViolation: OnViolation = (event) => {
    violations += 1;
    log.error(event, 'a cell broke the protocol and was killed');
    deps.onViolation?.(event);
  };
  const died = (death: CellDeath): void => {
    log.warn(death, 'a cell died');
    deps.onDeath?.(death);
    const begun = quarantine.died(death.plugin, death.reason);
    if (begun === undefined) return;
    log.error(begun, 'a plugin is quarantined');
    deps.onQuarantine?.(begun);
    pool.turnAway(begun.plugin, quarantined(begun.plugin, begun.deaths));
  };
  const open = async (profile: SandboxProfile): Promise<Session> => {
    const session = await openSession(await launcher.launch(profile.name), profile, onViolation);
    const missing = missingLayers([session.layers]);
    if (weak || missing.length === 0) return session;
    session.dismiss();
    throw new AgentError({ code: 'sandbox_unavailable', message: missing.join('; ') });
  };
  const pool = makePool({
    profiles,
    open,
    size,
    log,
    events: {
      died,
      survived: (plugin) => {
        if (quarantine.survived(plugin)) log.warn({ plugin }, 'a plugin is no longer quarantined');
      },
    },
  });

  const run = async (job: StepJob): Promise<StepOutcome> => {
    const session = await pool.acquire(job, job.signal);
    const stepRun = await session.run(job);
    pool.release(session, stepRun);
    return stepRun.outcome;
  };

  return Object.freeze<Supervisor>({
    run: async (job) => {
      try {
        quarantine.admit(job.plugin);
      } catch (thrown) {
        return failed('quarantined', toAgentError(thrown).message);
      }
      try {
        return await run(job);
      } catch (thrown) {
        if (job.signal.aborted) return failed('cancelled', 'the step was cancelled');
        const { code, message } = toAgentError(thrown);
        return failed(code === 'quarantined' ? code : 'sandbox_unavailable', message);
      } finally {
        quarantine.ended(job.plugin);
      }
    },
    status: () => {
      const cells = pool.cells();
      return {
        cells: cells.map(({ session, busy }) => ({ pid: session.pid, busy })),
        missing: missingLayers(cells.map(({ session }) => session.layers)),
        quarantined: quarantine.list(),
        violations,
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
