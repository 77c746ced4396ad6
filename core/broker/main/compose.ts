import { assertVersions } from '../../protocol/versions.ts';
import { toAgentError } from '../../vocabulary/errors.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { DebugLog } from '../../vocabulary/log.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { PluginStore } from '../catalog/store/plugin-store.ts';
import { makeStepExecutor } from '../execute/execute-step.ts';
import { makeTurns } from '../execute/take-turns.ts';
import type { FirewallGateway } from '../gateway/firewall/firewall-gateway.ts';
import { deriveKey } from '../grant/derive-key.ts';
import { makeResolver } from '../grant/resource-name.ts';
import { makeApp } from '../http/app.ts';
import { heuristicPlanner } from '../plan/heuristic-planner.ts';
import {
  makeSupervisor,
  type QuarantinedPlugin,
  type Supervisor,
} from '../supervisor/supervisor.ts';
import { recordResumed, restoreTasks } from '../task/ledger/restore-tasks.ts';
import { makeTaskLedger } from '../task/ledger/task-ledger.ts';
import { makeTaskService, type RunningTasks } from '../task/make-task-service.ts';
import { blockedPaths } from './blocked-paths.ts';
import type { Config } from './config.ts';
import { type Credentials, demandCredentials } from './credentials.ts';
import { demandProfiles, type SandboxProfiles } from './demand-profiles.ts';
import { makeFeedFirewall } from './feed-firewall.ts';
import { healthReply } from './health.ts';
import { markWeak } from './mark-weak.ts';
import { openFirewall } from './open-firewall.ts';
import { openGateways } from './open-gateways.ts';
import { openPersistence, type Persistence } from './open-persistence.ts';
import { openPlugins } from './open-plugins.ts';
import { makePolicyWatch } from './policy-watch.ts';
import type { Powers } from './powers.ts';
import { raiseWall, type Wall } from './raise-wall.ts';
import { makeSteadyClock } from './steady-clock.ts';
import { makeTeardown, type OnClose } from './teardown.ts';
import { makeTokenFiles } from './token-files.ts';

/** A whole broker, listening. */
export interface Broker {
  close(): Promise<void>;
}

/** What the parts below are made from. */
interface Ground {
  readonly config: Config;
  readonly powers: Powers;
  readonly log: DebugLog;
  readonly credentials: Credentials;
  /** Whether the policy file on disk is still the one that was loaded. */
  readonly policyCurrent: () => boolean;
  readonly onClose: OnClose;
}

const SLOTS = 4;
// One for each step that runs, one that is unused and ready, and one that its plugin keeps meanwhile.
const CELLS = SLOTS + 2;
const QUEUE = 1024;
// What runs, what waits for a slot, and as many that wait for an answer.
const OPEN = SLOTS + 2 * QUEUE;

/**
 * The one composition root: every part is made here, from the configuration and the powers, in the order
 * in which it may refuse. Nothing listens before everything else stands.
 * @throws AgentError naming what is missing, damaged or unsafe
 */
export const compose = async (config: Config, powers: Powers, log: DebugLog): Promise<Broker> => {
  const { onClose, close } = makeTeardown();
  try {
    assertVersions(powers.program.engineVersions());
    const credentials = demandCredentials(config, powers, log);
    const { policy, policyOnDisk } = credentials;
    const policyCurrent = policyOnDisk
      ? makePolicyWatch(config.policyPath, policy.digest, powers.program)
      : () => true;
    const ground: Ground = { config, powers, log, credentials, policyCurrent, onClose };

    const profiles = demandProfiles(powers.program);
    const wall = await raiseWall(config, policy, powers, log, onClose);
    const persistence = await openPersistence(config, credentials, powers, log, onClose);
    const supervisor = startSupervisor(ground, persistence.audit, profiles, wall);
    const { signingKey } = credentials;
    const plugins = await openPlugins(config, signingKey, powers, persistence.audit, log);
    const firewall = await startFirewall(ground, persistence.audit, plugins);
    const service = await startTasks(
      ground,
      persistence,
      supervisor,
      firewall,
      profiles,
      wall,
      plugins.catalog,
    );
    const shown = config.allow.weakSandbox ? markWeak(service) : service;
    await listen(ground, persistence, supervisor, firewall, shown, wall, plugins);
    return Object.freeze<Broker>({ close });
  } catch (error) {
    // Why it does not stand is the answer, not what then did not close either.
    await close().catch((thrown: unknown) => log.error({}, toAgentError(thrown).message));
    throw error;
  }
};

const startSupervisor = (
  { config, powers, log, onClose }: Ground,
  audit: AuditLog,
  profiles: SandboxProfiles,
  { cells }: Wall,
): Supervisor => {
  const record = (event: string, data: JsonObject): void => {
    audit
      .append({ event, data })
      .catch((thrown: unknown) => log.error({}, toAgentError(thrown).message));
  };
  const supervisor = makeSupervisor({
    launcher: cells,
    profiles,
    log,
    elapsed: powers.elapsed,
    size: CELLS,
    weak: config.allow.weakSandbox,
    onViolation: (violation) => record('cell_violation', { ...violation }),
    onDeath: (death) => record('cell_died', { ...death }),
    onQuarantine: (plugin) => record('plugin_quarantined', quarantineFacts(plugin, powers.now())),
  });
  onClose(() => supervisor.close());
  return supervisor;
};

const quarantineFacts = (
  { plugin, deaths, reason, leftMs }: QuarantinedPlugin,
  now: number,
): JsonObject => ({ plugin, deaths, reason, until: new Date(now + leftMs).toISOString() });

// A firewall that does not load its policy refuses every tool and nothing else: the agent stands without it, and
// `/health` says why. A change of the enabled tools that it does not load is refused.
const startFirewall = async (
  { config, powers, log, credentials: { policy } }: Ground,
  audit: AuditLog,
  plugins: PluginStore,
): Promise<FirewallGateway> => {
  const firewall = openFirewall({
    config,
    powers,
    record: async (record) => {
      await audit.append({ event: 'firewall_verdict', data: { ...record } });
    },
    showPaths: policy.logging.filePaths,
    log,
  });
  const feed = makeFeedFirewall({ firewall, policy, blocked: blockedPaths(config), log });
  await feed(plugins.catalog.tools()).catch((thrown: unknown) =>
    log.error({}, toAgentError(thrown).message),
  );
  plugins.onEnabledChange(feed);
  return firewall;
};

const startTasks = async (
  { config, powers, log, credentials, policyCurrent, onClose }: Ground,
  { store, audit }: Persistence,
  supervisor: Supervisor,
  firewall: FirewallGateway,
  profiles: SandboxProfiles,
  wall: Wall,
  catalog: Catalog,
): Promise<RunningTasks> => {
  const { policy, signingKey } = credentials;
  const { random } = powers;
  const now = makeSteadyClock(powers.now, powers.elapsed);
  const gateways = await openGateways(config, policy, powers, log, onClose);
  const restored = restoreTasks(store, audit.head().entry);
  const ledger = makeTaskLedger(
    {
      store,
      audit,
      historyLimit: config.taskHistoryLimit,
      openLimit: OPEN,
      logging: policy.logging,
    },
    restored.map(({ state }) => state),
  );
  const service = makeTaskService(
    {
      ledger,
      planner: heuristicPlanner,
      catalog,
      executor: makeStepExecutor({
        supervisor,
        profiles,
        gateways,
        tools: { firewall, turns: makeTurns(CELLS - SLOTS) },
        whileEnabled: catalog.whileEnabled,
        now,
        random,
        onLog: (event) => log.debug(event, 'a step wrote to its console'),
      }),
      policy,
      policyCurrent,
      resolver: makeResolver(policy.workspaces, [...policy.readable, ...policy.writable]),
      describe: gateways.storage.describe,
      removeUnfinished: gateways.storage.removeUnfinished,
      grantKey: deriveKey(signingKey, 'grant'),
      audit,
      random,
      now,
      log,
    },
    { slots: SLOTS, queue: QUEUE },
  );
  // Before a task of the last start is taken up: without a whole wall it would fail, here it stays.
  await supervisor.ready();
  recordResumed(restored, audit);
  await audit.append({
    event: 'service_started',
    data: { bind: config.address.kind, version: powers.program.ownVersion() },
  });
  if (config.allow.weakSandbox) {
    const missing = wall.missing.map(missingText);
    await audit.append({ event: 'weak_sandbox', data: { missing } });
  }
  // Taking up tasks starts steps: where that fails half way they are stopped like any others.
  onClose(() => service.close());
  await service.resume();
  return service;
};

const listen = async (
  { config, powers, log, credentials, policyCurrent, onClose }: Ground,
  { store, audit }: Persistence,
  supervisor: Supervisor,
  firewall: FirewallGateway,
  service: RunningTasks,
  wall: Wall,
  plugins: PluginStore,
): Promise<void> => {
  const { policy } = credentials;
  const { program, secrets, socketFiles, peerOf } = powers;
  const version = program.ownVersion();
  const app = await makeApp({
    service,
    plugins,
    auth: {
      tokens: makeTokenFiles({
        ui: config.uiToken,
        containment: config.containmentToken,
        operator: config.operatorToken,
        files: secrets,
        log,
      }),
      openWithoutToken: config.allow.insecureNoAuth && config.address.kind === 'tcp',
    },
    workspaces: new Set(policy.workspaces.keys()),
    defaultMode: policy.defaultMode,
    health: () => {
      const { cells, missing, quarantined, violations } = supervisor.status();
      return healthReply({
        ...service.counts(),
        audit: audit.state(),
        storeWritable: store.writable(),
        policyCurrent: policyCurrent(),
        missingLayers: [...missing, ...wall.missing.map(missingText)],
        weakSandbox: config.allow.weakSandbox,
        cells: cells.length,
        cellsLost: wall.cells.lost() !== undefined,
        quarantined: quarantined.map((plugin) => quarantineFacts(plugin, powers.now())),
        suspended: suspendedFacts(plugins),
        violations,
        firewall: firewall.status(),
        devMode: config.allow.devMode,
        version,
      });
    },
    address: config.address,
    socketFiles,
    peerOf,
    log,
  });
  await app.listen();
  onClose(() => app.close());
};

/** What the agent itself suspended, because it did not hold any more. */
const suspendedFacts = (plugins: PluginStore): readonly JsonObject[] =>
  plugins
    .list()
    .flatMap(({ id, version, reason }) =>
      reason === undefined ? [] : [{ plugin: id, version, reason }],
    );

const missingText = ({ layer, reason }: Wall['missing'][number]): string =>
  `${layer} of the broker: ${reason}`;
