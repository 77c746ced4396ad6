import { makeStepExecutor } from '../../core/broker/execute/execute-step.ts';
import { makeTurns } from '../../core/broker/execute/take-turns.ts';
import { deriveKey } from '../../core/broker/grant/derive-key.ts';
import { makeResolver } from '../../core/broker/grant/resource-name.ts';
import { blockedPaths } from '../../core/broker/main/blocked-paths.ts';
import { readConfig } from '../../core/broker/main/config.ts';
import { demandCredentials } from '../../core/broker/main/credentials.ts';
import { demandProfiles } from '../../core/broker/main/demand-profiles.ts';
import { makeFeedFirewall } from '../../core/broker/main/feed-firewall.ts';
import { openFirewall } from '../../core/broker/main/open-firewall.ts';
import { openGateways } from '../../core/broker/main/open-gateways.ts';
import { openPersistence } from '../../core/broker/main/open-persistence.ts';
import { makePowers } from '../../core/broker/main/powers.ts';
import { makeTeardown } from '../../core/broker/main/teardown.ts';
import { heuristicPlanner } from '../../core/broker/plan/heuristic-planner.ts';
import type { Planner } from '../../core/broker/plan/planner.ts';
import type { CellUsage } from '../../core/broker/supervisor/cell-process.ts';
import { type Launcher, makeSupervisor } from '../../core/broker/supervisor/supervisor.ts';
import { makeTaskLedger } from '../../core/broker/task/ledger/task-ledger.ts';
import { makeTaskService, type RunningTasks } from '../../core/broker/task/make-task-service.ts';
import type { StepLimits } from '../../core/protocol/limits.ts';
import type { SandboxProfile } from '../../core/protocol/profile.ts';
import type { Action, ProfileName } from '../../core/vocabulary/enums.ts';
import type { Log } from '../../core/vocabulary/log.ts';
import type { InstalledStep } from '../../core/vocabulary/manifest.ts';
import type { AgentFolder, Cleanup } from './agent-folder.ts';
import { catalogWith } from './catalog-with.ts';
import { cellSource } from './cell-source.ts';

/** The broker's parts in this process, wired as `compose` wires them, without its front: no HTTP. */
export interface LightBroker {
  readonly tasks: RunningTasks;
  /** The plugin of this action from now on. */
  replace(action: Action, change: (step: InstalledStep) => InstalledStep): void;
  /** All that the service log was told, as text. */
  said(): string;
  /** The most memory that any cell was seen to hold. */
  peakRssBytes(): number;
  cellPids(): readonly number[];
}

export interface BrokerOptions {
  readonly profile?: ProfileName;
  /** Narrower limits than those of the profile. */
  readonly limits?: Partial<StepLimits>;
  /** Where the first cell is not to be a real one. */
  readonly launcher?: Launcher;
  /** The most cells; a step that invokes a tool takes two. */
  readonly size?: number;
  /** Tools beside the shipped ones, or in their place; undefined for one that is not enabled. */
  readonly tools?: ReadonlyMap<string, InstalledStep | undefined>;
  /** Which of the enabled tools the firewall is told of; all where this is left out. */
  readonly firewallTools?: (enabled: readonly InstalledStep[]) => readonly InstalledStep[];
  readonly planner?: Planner;
}

export const startLightBroker = async (
  t: Cleanup,
  folder: AgentFolder,
  {
    profile: name = 'standard',
    limits = {},
    launcher,
    size = 1,
    tools = new Map(),
    firewallTools,
    planner = heuristicPlanner,
  }: BrokerOptions = {},
): Promise<LightBroker> => {
  const { onClose, close } = makeTeardown();
  t.after(close);
  const { log, said } = keptLog();
  const config = readConfig(folder.env);
  const powers = makePowers();
  const { random, now } = powers;
  const credentials = demandCredentials(config, powers, log);
  const { policy, signingKey } = credentials;
  const { store, audit } = await openPersistence(config, credentials, powers, log, onClose);
  const shipped = demandProfiles(powers.program);
  // Harder than in service: the attacked process has run another plugin's step, and runs the next one too.
  const profile: SandboxProfile = {
    ...shipped[name],
    limits: { ...shipped[name].limits, ...limits },
    plugins_share_process: true,
  };
  const profiles = { ...shipped, [name]: profile };
  let peakRssBytes = 0;
  const supervisor = makeSupervisor({
    launcher: watched(launcher ?? cellSource(), ({ rssBytes, peakRssBytes: peak }) => {
      peakRssBytes = Math.max(peakRssBytes, rssBytes, peak);
    }),
    profiles,
    log,
    elapsed: powers.elapsed,
    size,
    onViolation: (data) => void audit.append({ event: 'cell_violation', data: { ...data } }),
    onDeath: (data) => void audit.append({ event: 'cell_died', data: { ...data } }),
  });
  onClose(() => supervisor.close());
  const steps = new Map<Action, InstalledStep>();
  const gateways = await openGateways(config, policy, powers, log, onClose);
  const shippedSteps = await powers.loadInstalled();
  const all = catalogWith(shippedSteps, steps, tools);
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
  await feed((firewallTools ?? ((known) => known))(all.tools()));
  for (const action of shippedSteps.actions()) {
    const step = shippedSteps.step(action);
    if (step !== undefined) steps.set(action, { ...step, profile: name });
  }
  const { logging } = policy;
  const ledger = makeTaskLedger({ store, audit, historyLimit: 100, openLimit: 100, logging }, []);
  const tasks = makeTaskService(
    {
      ledger,
      planner,
      catalog: all,
      executor: makeStepExecutor({
        supervisor,
        profiles,
        gateways,
        tools: { firewall, turns: makeTurns(size - 1) },
        whileEnabled: all.whileEnabled,
        now,
        random,
      }),
      policy,
      policyCurrent: () => true,
      resolver: makeResolver(policy.workspaces, [...policy.readable, ...policy.writable]),
      describe: gateways.storage.describe,
      removeUnfinished: gateways.storage.removeUnfinished,
      grantKey: deriveKey(signingKey, 'grant'),
      audit,
      random,
      now,
      log,
    },
    { slots: 4, queue: 16 },
  );
  onClose(() => tasks.close());
  return {
    tasks,
    said,
    peakRssBytes: () => peakRssBytes,
    cellPids: () => supervisor.status().cells.map(({ pid }) => pid),
    replace: (action, change) => {
      const step = steps.get(action);
      if (step === undefined) throw new Error(`no plugin executes ${action}`);
      steps.set(action, change(step));
    },
  };
};

const keptLog = (): { readonly log: Log; readonly said: () => string } => {
  const lines: string[] = [];
  const keep = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { log: { info: keep, warn: keep, error: keep }, said: () => lines.join('\n') };
};

const watched = (launcher: Launcher, onUsage: (usage: CellUsage) => void): Launcher => ({
  launch: async (profile) => {
    const cell = await launcher.launch(profile);
    const usage = async (): Promise<CellUsage | undefined> => {
      const seen = await cell.usage();
      if (seen !== undefined) onUsage(seen);
      return seen;
    };
    return { ...cell, usage };
  },
});
