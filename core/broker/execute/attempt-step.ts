import type { SandboxProfile } from '../../protocol/profile.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { PluginId, RandomBytes } from '../../vocabulary/ids.ts';
import { ownValue } from '../../vocabulary/json.ts';
import type { EntryLimits } from '../../vocabulary/manifest.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { FirewallGateway } from '../gateway/firewall/firewall-gateway.ts';
import type { StepLog, StepOutcome, Supervisor } from '../supervisor/supervisor.ts';
import { mustBeTicketed, type ToolTicket } from './admit-tool-call.ts';
import type { EffectsUnderWay } from './effects-under-way.ts';
import type { StepOrder } from './execute-step.ts';
import type { InvokeTool } from './invoke-tool.ts';
import { mintHandles } from './mint-handles.ts';
import type { RefusedCalls } from './refused-calls.ts';
import type { StepGateways } from './step-gateways.ts';
import type { StepMeter } from './step-meter.ts';
import type { Turns } from './take-turns.ts';

/** The way of a tool call, beside the cell that it runs in. */
export interface ToolWay {
  readonly firewall: Pick<FirewallGateway, 'evaluate'>;
  /** For the tools that steps invoke. */
  readonly turns: Turns;
}

export interface ExecutorDeps {
  readonly supervisor: Pick<Supervisor, 'run'>;
  /** The processor time that each profile gives to one task. */
  readonly profiles: Readonly<Record<ProfileName, Pick<SandboxProfile, 'task_cpu_ms'>>>;
  readonly gateways: StepGateways;
  readonly tools: ToolWay;
  /** Aborts when the step's plugin is enabled no longer. */
  readonly whileEnabled: Catalog['whileEnabled'];
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly onLog?: OnLog;
}

/** Told of what a step wrote to its console. It is no part of the step's result. */
export type OnLog = (
  event: StepLog & { readonly plugin: PluginId; readonly entry: string },
) => void;

/** The firewall's yes that a tool runs under, and what a step may invoke: never both. */
export interface Invoking {
  readonly ticket: ToolTicket | null;
  readonly invokeTool: InvokeTool | null;
}

// The last milliseconds of a budget are given whole: a limit below this is none that a cell could keep.
const LEAST_MS = 10;

/**
 * One run of a step in a cell, with handles of its own and with what its task has left of wall and processor
 * time. @throws AgentError `budget_exceeded` where that was too little
 */
export const makeAttempt =
  (
    order: StepOrder,
    meter: StepMeter,
    effects: EffectsUnderWay,
    refusals: RefusedCalls,
    { ticket, invokeTool }: Invoking,
    { supervisor, profiles, gateways, now, random, onLog }: ExecutorDeps,
  ) =>
  async ({ fresh }: { readonly fresh: boolean }): Promise<StepOutcome> => {
    const { step, input, resources, access, journal, signal, budgets } = order;
    const profile = profileOf(order);
    const taskCpuMs = profiles[profile].task_cpu_ms;
    const cpuLeft = meter.cpuLeft(taskCpuMs);
    if (cpuLeft <= 0) throw spent('cpu', taskCpuMs);
    const content = ownValue(input, 'content');
    const minted = mintHandles(resources, {
      effects,
      gateways,
      journal,
      meter,
      access,
      signal,
      random,
      invokeTool,
      approvedBytes: typeof content === 'string' ? Buffer.from(content, 'utf8') : null,
    });
    if (step.kind === 'tool') mustBeTicketed(ticket, { tool: step.entry, args: input });
    const begun = now();
    const wallLeft = budgets.max_wall_clock_seconds * 1000 - order.used.activeMs;
    const outcome = await supervisor.run({
      plugin: step.plugin,
      profile,
      source: step.source,
      entry: step.entry,
      input,
      handles: refusals.watching(minted),
      now: begun,
      seed: Buffer.from(random(4)).readUInt32LE(0),
      signal,
      fresh,
      limits: narrowed(step.limits, { wall_ms: atLeast(wallLeft), cpu_ms: atLeast(cpuLeft) }),
    });
    await effects.ended();
    meter.chargeCpu(outcome.cpuMs);
    if (outcome.log !== undefined) {
      onLog?.({ plugin: step.plugin, entry: step.entry, ...outcome.log });
    }
    if (outcome.kind === 'failed') {
      const { code } = outcome;
      if (code === 'wall' && now() - begun >= wallLeft) {
        throw spent('wall-clock', budgets.max_wall_clock_seconds * 1000);
      }
      if (code === 'cpu' && meter.cpuLeft(taskCpuMs) <= 0) throw spent('cpu', taskCpuMs);
    }
    return outcome;
  };

// Code that nobody has vetted stays where it is: `vetting` is one process a step too, and tighter.
const profileOf = ({ step, sensitive }: StepOrder): ProfileName =>
  sensitive && step.profile === 'standard' ? 'strict' : step.profile;

// What a manifest says narrows the profile; what the task has left narrows both.
const narrowed = (stated: EntryLimits, left: { wall_ms: number; cpu_ms: number }): EntryLimits => ({
  ...stated,
  wall_ms: Math.min(stated.wall_ms ?? left.wall_ms, left.wall_ms),
  cpu_ms: Math.min(stated.cpu_ms ?? left.cpu_ms, left.cpu_ms),
});

const atLeast = (ms: number): number => Math.max(LEAST_MS, Math.floor(ms));

const spent = (what: 'cpu' | 'wall-clock', ms: number): AgentError =>
  new AgentError({
    code: 'budget_exceeded',
    message: `${what} budget exceeded (${ms / 1000}s/${ms / 1000}s)`,
  });
