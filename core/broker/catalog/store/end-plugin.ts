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

/** What takes the right to run away. */
export type EndVerb = 'suspend' | 'revoke';

const EVENTS = { suspend: 'plugin_suspended', revoke: 'plugin_revoked' } as const;

/**
 * Ends the running steps of what a suspension or revocation names, at once. Whoever wants them to go on may hold up
 * the change before this one, or fill the log and the disk; so what runs ends before the turn of its change comes,
 * and stays ended where that then fails (attack 128). A verb that does nothing in this state ends nothing.
 */
export const stopPlugin = (verb: EndVerb, request: PluginRequest, parts: PluginParts): void => {
  const { versions, changed } = endedBy(verb, request, parts);
  if (changed.length > 0) {
    const [first] = changed;
    if (request.version === null && first !== undefined) parts.enabled.endAll(first.id);
    for (const { id, digest } of versions) parts.enabled.end(keyOf(id, digest));
    return;
  }
  const facts = versions.length === 0 ? namedShipped(request, parts) : undefined;
  if (verb === 'suspend' && facts?.state === 'enabled')
    parts.enabled.end(keyOf(facts.id, facts.digest));
};

/**
 * Suspends what is enabled, or revokes for good every version that is named. Its running steps end before this
 * answers, those of replaced versions too.
 * @throws AgentError `plugin_not_found`, `plugin_state`, `log_unavailable`
 */
export const endPlugin = async (
  verb: EndVerb,
  request: PluginRequest,
  who: Operator,
  parts: PluginParts,
): Promise<readonly PluginFacts[]> => {
  // Again in its turn: what was enabled meanwhile ends too.
  stopPlugin(verb, request, parts);
  const { versions, changed } = endedBy(verb, request, parts);
  const [first] = versions;
  if (first === undefined) return [await suspendShipped(verb, request, who, parts)];
  if (changed.length === 0) throw wrongState(versions.at(-1) ?? first, verb);
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

/** The versions that a verb names, and those of them that it changes, as they are then. */
const endedBy = (
  verb: EndVerb,
  { id, version }: PluginRequest,
  parts: PluginParts,
): { readonly versions: readonly PluginRecord[]; readonly changed: readonly PluginRecord[] } => {
  const versions = parts
    .state()
    .records.filter((record) => record.id === id && (version ?? record.version) === record.version);
  const changed = versions.flatMap((record): readonly PluginRecord[] => {
    const state = transition(record.state, verb);
    return state === undefined ? [] : [{ ...record, state, reason: null }];
  });
  return { versions, changed };
};

// A plugin of the program is trusted by the digest list of the program, so it cannot be revoked, only kept
// from running.
const suspendShipped = async (
  verb: EndVerb,
  request: PluginRequest,
  who: Operator,
  parts: PluginParts,
): Promise<PluginFacts> => {
  const facts = namedShipped(request, parts);
  if (facts === undefined) throw pluginNotFound();
  if (verb === 'revoke' || facts.state === 'suspended') throw wrongState(facts, verb);
  const { records, suspendedShipped } = parts.state();
  await parts.change({
    event: EVENTS[verb],
    facts: auditFacts(facts),
    who,
    next: { records, suspendedShipped: [...suspendedShipped, facts.id] },
  });
  await parts.announce(parts.catalog.tools());
  return { ...facts, state: 'suspended' };
};

const namedShipped = (
  { id, version }: PluginRequest,
  { shipped, state }: PluginParts,
): PluginFacts | undefined => {
  const [found, entries] = [...shippedPlugins(shipped)].find(([own]) => own === id) ?? [];
  const facts = found && shippedFacts(found, entries, state());
  return version === null || version === facts?.version ? facts : undefined;
};
