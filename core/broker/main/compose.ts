import { dirname, join } from 'node:path';
import { assertVersions } from '../../protocol/versions.ts';
import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { openAuditLog } from '../audit/open-audit-log.ts';
import { makeStepExecutor } from '../execute/execute-step.ts';
import { makeSearchGateway } from '../gateway/search/search-gateway.ts';
import { makeStorageGateway } from '../gateway/storage/storage-gateway.ts';
import { deriveKey } from '../grant/derive-key.ts';
import { makeResolver } from '../grant/resource-name.ts';
import { type App, makeApp } from '../http/app.ts';
import { heuristicPlanner } from '../plan/heuristic-planner.ts';
import { makeSupervisor } from '../supervisor/supervisor.ts';
import { makeEventChain } from '../task/ledger/event-chain.ts';
import { recordResumed, restoreTasks } from '../task/ledger/restore-tasks.ts';
import { makeSeal } from '../task/ledger/seal.ts';
import { makeTaskLedger } from '../task/ledger/task-ledger.ts';
import { makeTaskStore } from '../task/ledger/task-store.ts';
import { makeTaskService } from '../task/make-task-service.ts';
import { blockedPaths } from './blocked-paths.ts';
import type { Config } from './config.ts';
import { type Credentials, demandCredentials } from './credentials.ts';
import { demandProfile } from './demand-profile.ts';
import { healthReply } from './health.ts';
import { makePolicyWatch } from './policy-watch.ts';
import type { Powers } from './powers.ts';
import { makeSteadyClock } from './steady-clock.ts';
import { makeTokenFiles } from './token-files.ts';

/** A whole broker, listening. */
export interface Broker {
  close(): Promise<void>;
}

const SLOTS = 4;
const QUEUE = 1024;
// What runs, what waits for a slot, and as many that wait for an answer.
const OPEN = SLOTS + 2 * QUEUE;

/**
 * The one composition root: every part is made here, from the configuration and the powers, in the order
 * in which it may refuse. Nothing listens before everything else stands.
 * @throws AgentError naming what is missing, damaged or unsafe
 */
export const compose = async (config: Config, powers: Powers, log: Log): Promise<Broker> => {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    await build(config, powers, log, closers);
    return Object.freeze<Broker>({ close });
  } catch (error) {
    await close();
    throw error;
  }
};

const build = async (
  config: Config,
  powers: Powers,
  log: Log,
  closers: (() => Promise<void> | void)[],
): Promise<void> => {
  const { program, random } = powers;
  const now = makeSteadyClock(powers.now, powers.elapsed);
  assertVersions(program.engineVersions());
  const credentials = demandCredentials(config, powers, log);
  const { policy, policyOnDisk, signingKey } = credentials;
  const stateFolder = dirname(config.taskDatabasePath);
  program.makePrivateFolder(stateFolder);

  // The store first: its lock keeps a second broker from the log, the tasks and the folders of this one.
  const store = makeTaskStore({
    database: powers.openDatabase(config.taskDatabasePath),
    seal: makeSeal(deriveKey(signingKey, 'seal'), random),
    chain: makeEventChain(deriveKey(signingKey, 'events')),
  });
  closers.push(() => store.close());
  const audit = freezeWhenBroken(await openLog(config, credentials, powers, log), log);
  closers.push(() => audit.close());
  if (program.fileExists(config.legacyTaskPath)) {
    log.warn({ file: config.legacyTaskPath }, 'tasks of an earlier version are left untouched');
  }

  const restoreFolder = join(stateFolder, 'restore');
  program.makePrivateFolder(restoreFolder);
  const storage = await makeStorageGateway({
    linux: powers.linux,
    files: powers.storageFiles,
    roots: [...new Set([...policy.workspaces.values(), ...policy.readable, ...policy.writable])],
    blocked: blockedPaths(config),
    restoreFolder,
    random,
    log,
  });
  closers.push(() => storage.close());
  const search = makeSearchGateway({ walk: storage.folders, index: powers.searchIndex, log });
  closers.push(() => search.close());
  const supervisor = makeSupervisor({
    launcher: powers.launcher,
    profile: demandProfile(program),
    log,
    size: SLOTS,
    onViolation: (data) => {
      const record = audit.append({ event: 'cell_violation', data });
      record.catch((thrown: unknown) => log.error({}, toAgentError(thrown).message));
    },
  });
  closers.push(() => supervisor.close());

  const policyCurrent = policyOnDisk
    ? makePolicyWatch(config.policyPath, policy.digest, program)
    : () => true;
  const restored = restoreTasks(store, audit.head().entry);
  const service = makeTaskService(
    {
      ledger: makeTaskLedger(
        {
          store,
          audit,
          historyLimit: config.taskHistoryLimit,
          openLimit: OPEN,
          logging: policy.logging,
        },
        restored.map(({ state }) => state),
      ),
      planner: heuristicPlanner,
      installed: await powers.loadInstalled(),
      executor: makeStepExecutor({ supervisor, gateways: { storage, search }, now, random }),
      policy,
      policyCurrent,
      resolver: makeResolver(policy.workspaces, [...policy.readable, ...policy.writable]),
      describe: storage.describe,
      removeUnfinished: storage.removeUnfinished,
      grantKey: deriveKey(signingKey, 'grant'),
      audit,
      random,
      now,
      log,
    },
    { slots: SLOTS, queue: QUEUE },
  );
  recordResumed(restored, audit);
  await audit.append({
    event: 'service_started',
    data: { bind: config.address.kind, version: program.ownVersion() },
  });
  await service.resume();
  closers.push(() => service.close());

  const app: App = await makeApp({
    service,
    auth: {
      tokens: makeTokenFiles({
        ui: config.uiToken,
        containment: config.containmentToken,
        files: powers.secrets,
        log,
      }),
      openWithoutToken: config.allow.insecureNoAuth && config.address.kind === 'tcp',
    },
    workspaces: new Set(policy.workspaces.keys()),
    defaultMode: policy.defaultMode,
    health: () => {
      const { cells, missing } = supervisor.status();
      return healthReply({
        ...service.counts(),
        audit: audit.state(),
        storeWritable: store.writable(),
        policyCurrent: policyCurrent(),
        missingLayers: missing,
        cells: cells.length,
        devMode: config.allow.devMode,
        version: program.ownVersion(),
      });
    },
    address: config.address,
    socketFiles: powers.socketFiles,
    peerOf: powers.peerOf,
    log,
  });
  await app.listen();
  closers.push(() => app.close());
  const { missing } = supervisor.status();
  if (missing.length > 0) log.warn({ missing }, 'the wall around the cells is incomplete');
};

const openLog = (
  config: Config,
  { auditKey }: Credentials,
  { auditFiles, now }: Powers,
  log: Log,
): Promise<AuditLog> =>
  openAuditLog({ path: config.auditLogPath, key: auditKey, files: auditFiles, now, log });

// Damage that the background verification finds freezes every effect: no record, no effect.
const freezeWhenBroken = (audit: AuditLog, log: Log): AuditLog => {
  audit.onBroken((problem) => log.error({ problem }, 'audit log broken: effects are frozen'));
  return Object.freeze<AuditLog>({
    ...audit,
    record: (event) => {
      const { verified, problem } = audit.state();
      if (verified !== 'broken') return audit.record(event);
      throw new AgentError({ code: 'log_unavailable', message: problem ?? 'audit log broken' });
    },
  });
};
