import { AgentError } from '../../vocabulary/errors.ts';
import type { PluginId } from '../../vocabulary/ids.ts';
import type { DeathReason } from './cell-end.ts';

/** A plugin that killed its cells one after another, kept from running for a while (attacks 79, 207). */
export interface QuarantinedPlugin {
  readonly plugin: PluginId;
  readonly deaths: number;
  /** Why the last cell died. */
  readonly reason: DeathReason;
  /** Until one step is let through, in ms from now; 0 when the next one is. */
  readonly leftMs: number;
}

export interface Quarantine {
  /** Lets a step of the plugin through, or not. @throws quarantined */
  admit(plugin: PluginId): void;
  /** The step that was let through has its outcome, whatever that is. */
  ended(plugin: PluginId): void;
  /** A step completed and left its cell whole. Answers whether that ends a quarantine. */
  survived(plugin: PluginId): boolean;
  /** A cell died under the plugin. Answers what it is in for, when that begins or is prolonged now. */
  died(plugin: PluginId, reason: DeathReason): QuarantinedPlugin | undefined;
  list(): readonly QuarantinedPlugin[];
}

/** So many deaths without a completed step between them, and the plugin waits. */
export const MOST_DEATHS = 5;
const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

interface Entry {
  deaths: number;
  reason: DeathReason;
  /** How often it was quarantined; 0 while it is not. */
  rounds: number;
  until: number;
  trying: boolean;
}

/** @param elapsed a clock that nobody can set back: an hour lasts an hour (attack 199) */
export const makeQuarantine = (elapsed: () => number): Quarantine => {
  const records = new Map<PluginId, Entry>();
  const factsOf = (plugin: PluginId, { deaths, reason, until }: Entry): QuarantinedPlugin => ({
    plugin,
    deaths,
    reason,
    leftMs: Math.max(0, until - elapsed()),
  });

  return Object.freeze<Quarantine>({
    admit: (plugin) => {
      const record = records.get(plugin);
      if (record === undefined || record.rounds === 0) return;
      if (record.trying || record.until > elapsed()) throw quarantined(plugin, record.deaths);
      // After the wait one step is let through. Its end decides: completed lifts it, a death doubles it.
      record.trying = true;
    },
    ended: (plugin) => {
      const record = records.get(plugin);
      if (record !== undefined) record.trying = false;
    },
    survived: (plugin) => {
      const wasIn = (records.get(plugin)?.rounds ?? 0) > 0;
      records.delete(plugin);
      return wasIn;
    },
    died: (plugin, reason) => {
      const record = records.get(plugin) ?? { ...UNTRIED, reason };
      records.set(plugin, record);
      record.deaths += 1;
      record.reason = reason;
      // What was already under way when it began is counted and changes nothing else.
      if (record.deaths < MOST_DEATHS || record.until > elapsed()) return undefined;
      record.until = elapsed() + Math.min(LONGEST_MS, FIRST_MS * 2 ** record.rounds);
      record.rounds += 1;
      return factsOf(plugin, record);
    },
    list: () =>
      [...records]
        .filter(([, { rounds }]) => rounds > 0)
        .map(([plugin, record]) => factsOf(plugin, record)),
  });
};

const UNTRIED = { deaths: 0, rounds: 0, until: Number.NEGATIVE_INFINITY, trying: false };

export const quarantined = (plugin: PluginId, deaths: number): AgentError =>
  new AgentError({
    code: 'quarantined',
    message: `plugin \`${plugin}\` is quarantined: its steps killed ${deaths} cells one after another`,
  });
