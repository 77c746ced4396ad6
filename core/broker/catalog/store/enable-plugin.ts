import { AgentError } from '../../../vocabulary/errors.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import { type EnabledPlugin, keyOf } from './enabled-plugins.ts';
import { shippedPlugins } from './live-catalog.ts';
import {
  auditFacts,
  pluginNotFound,
  recordFacts,
  shippedFacts,
  wrongState,
} from './plugin-facts.ts';
import { type PluginChange, type PluginParts, withRecords } from './plugin-parts.ts';
import type { PluginRecord } from './plugin-record.ts';
import type { EnableRequest, Operator, PluginFacts } from './plugin-store.ts';
import { readInstalled } from './read-installed.ts';
import { refuseConflict, refuseShippedNames } from './refuse-conflict.ts';
import { transition } from './trust-transition.ts';

/**
 * Enables one version, which takes the place of the enabled one of its id: steps that run with the old bytes
 * go on to their end, new ones get the new bytes.
 * @throws AgentError and the old state stays whole
 */
export const enablePlugin = async (
  request: EnableRequest,
  who: Operator,
  parts: PluginParts,
): Promise<PluginFacts> => {
  const record = parts
    .state()
    .records.findLast(
      ({ id, version, state }) =>
        id === request.id &&
        (request.version === null ? state !== 'revoked' : version === request.version),
    );
  return record === undefined
    ? enableShipped(request, who, parts)
    : enableInstalled(record, request, who, parts);
};

const enableInstalled = async (
  record: PluginRecord,
  { approve }: EnableRequest,
  who: Operator,
  parts: PluginParts,
): Promise<PluginFacts> => {
  const { id, digest, differenceDigest } = record;
  if (record.state === 'quarantined') demandApproval(record, approve);
  const approved = transition(record.state, 'approve') ?? record.state;
  const state = transition(approved, 'enable');
  if (state === undefined) throw wrongState(record, 'enable');

  const { entries } = await readInstalled(record, await parts.readTrust(), parts);
  refuseShippedNames(id, entries, shippedPlugins(parts.shipped));
  const others = runningBut(id, parts);
  refuseConflict(entries, others);

  const changed: PluginRecord = { ...record, state, reason: null };
  const replaced = parts
    .state()
    .records.find((other) => other.id === id && other.state === 'enabled');
  const back = replaced && transition(replaced.state, 'replace');
  await show(parts, [...others, ...entries], {
    event: 'plugin_enabled',
    facts: {
      ...auditFacts(record),
      ...(record.state === 'quarantined' ? { approved: differenceDigest } : {}),
      ...(replaced === undefined ? {} : { replaces: replaced.version }),
    },
    who,
    next: withRecords(parts.state(), [
      changed,
      ...(replaced && back ? [{ ...replaced, state: back }] : []),
    ]),
  });
  if (replaced !== undefined) parts.enabled.replace(keyOf(id, replaced.digest));
  parts.enabled.enable({ key: keyOf(id, digest), entries });
  return recordFacts(changed);
};

// What widens runs only by the word of someone who was shown just that difference (attack 145).
const demandApproval = (record: PluginRecord, approve: string | null): void => {
  if (record.differenceDigest !== null && approve === record.differenceDigest) return;
  const { difference, difference_digest } = recordFacts(record);
  throw new AgentError({
    code: 'widening_unapproved',
    message: `version \`${record.version}\` of plugin \`${record.id}\` asks for more than the one before it`,
    details: {
      ...(difference === undefined ? {} : { difference }),
      ...(difference_digest === undefined ? {} : { difference_digest }),
    },
  });
};

const enableShipped = async (
  { id, version }: EnableRequest,
  who: Operator,
  parts: PluginParts,
): Promise<PluginFacts> => {
  const [found, entries = []] =
    [...shippedPlugins(parts.shipped)].find(([own]) => own === id) ?? [];
  const facts = found && shippedFacts(found, entries, parts.state());
  if (facts === undefined || (version !== null && version !== facts.version))
    throw pluginNotFound();
  if (facts.state !== 'suspended') throw wrongState(facts, 'enable');
  const others = runningBut(id, parts);
  refuseConflict(entries, others);
  const { records, suspendedShipped } = parts.state();
  await show(parts, [...others, ...entries], {
    event: 'plugin_enabled',
    facts: auditFacts(facts),
    who,
    next: { records, suspendedShipped: suspendedShipped.filter((other) => other !== id) },
  });
  const plugin: EnabledPlugin = { key: keyOf(facts.id, facts.digest), entries: [] };
  parts.enabled.enable(plugin);
  return { ...facts, state: 'enabled' };
};

/** Everything that runs beside one plugin. */
const runningBut = (id: string, { catalog }: PluginParts): readonly InstalledStep[] => {
  const steps = [...catalog.actions()].flatMap((action) => catalog.step(action) ?? []);
  return [...steps, ...catalog.tools()].filter(({ plugin }) => plugin !== id);
};

// What enforces elsewhere has loaded the new set before anyone is told that it holds; where the change then
// cannot be kept, it gets the old set again (attack 216).
const show = async (
  { announce, change, catalog }: PluginParts,
  running: readonly InstalledStep[],
  planned: PluginChange,
): Promise<void> => {
  await announce(running.filter(({ kind }) => kind === 'tool'));
  try {
    await change(planned);
  } catch (thrown) {
    await announce(catalog.tools()).catch(() => undefined);
    throw thrown;
  }
};
