import { keyOf } from './enabled-plugins.ts';
import { shippedPlugins } from './live-catalog.ts';
import {
  auditFacts,
  pluginNotFound,
  recordFacts,
  shippedFacts,
  wrongState,
} from './plugin-facts.ts';
import { type PluginParts, withRecords } from './plugin-parts.ts';
import type { PluginRecord } from './plugin-record.ts';
import type { Operator, PluginFacts, PluginRequest } from './plugin-store.ts';
import { transition } from './trust-transition.ts';

type EndVerb = 'suspend' | 'revoke';

const EVENTS = { suspend: 'plugin_suspended', revoke: 'plugin_revoked' } as const;

/**
 * Suspends what is enabled, or revokes for good every version that is named. Its running steps end at once, those of
 * replaced versions too: what takes trust away does not wait for the log or the disk. Where these fail the refusal says
 * so, nothing of the plugin runs until the next start, and what that start finds is the state as it was saved.
 * @throws AgentError `plugin_not_found`, `plugin_state`, `log_unavailable`
 */
export const endPlugin = async (
  verb: EndVerb,
  { id, version }: PluginRequest,
  who: Operator,
  parts: PluginParts,
): Promise<readonly PluginFacts[]> => {
  const versions = parts
    .state()
    .records.filter((record) => record.id === id && (version ?? record.version) === record.version);
  const [first] = versions;
  if (first === undefined) return [await suspendShipped(verb, { id, version }, who, parts)];
  const changed = versions.flatMap((record): readonly PluginRecord[] => {
    const state = transition(record.state, verb);
    return state === undefined ? [] : [{ ...record, state, reason: null }];
  });
  if (changed.length === 0) throw wrongState(versions.at(-1) ?? first, verb);
  for (const { digest } of versions) parts.enabled.end(keyOf(first.id, digest));
  for (const record of changed) {
    await parts.change({
      event: EVENTS[verb],
      facts: auditFacts(record),
      who,
      next: withRecords(parts.state(), [record]),
    });
  }
  await parts.announce(parts.catalog.tools());
  return changed.map(recordFacts);
};

// A plugin of the program is trusted by the digest list of the program, so it cannot be revoked, only kept
// from running.
const suspendShipped = async (
  verb: EndVerb,
  { id, version }: PluginRequest,
  who: Operator,
  parts: PluginParts,
): Promise<PluginFacts> => {
  const [found, entries] = [...shippedPlugins(parts.shipped)].find(([own]) => own === id) ?? [];
  const facts = found && shippedFacts(found, entries, parts.state());
  if (facts === undefined || (version !== null && version !== facts.version))
    throw pluginNotFound();
  if (verb === 'revoke' || facts.state === 'suspended') throw wrongState(facts, verb);
  const { records, suspendedShipped } = parts.state();
  parts.enabled.end(keyOf(facts.id, facts.digest));
  await parts.change({
    event: EVENTS[verb],
    facts: auditFacts(facts),
    who,
    next: { records, suspendedShipped: [...suspendedShipped, facts.id] },
  });
  await parts.announce(parts.catalog.tools());
  return { ...facts, state: 'suspended' };
};
