import type { Action } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';
import type { InstalledStep, Manifest, ManifestEntry } from '../../vocabulary/manifest.ts';
import { stepAction } from './step-action.ts';

/**
 * The steps and tools of a checked manifest, ready to run.
 * @param pluginDigest over all bytes that matter, whatever the plugin came as
 * @throws AgentError `manifest` for a step that executes no action, or one that is the agent's own
 */
export const installedSteps = (
  { id, version, requests, entries }: Manifest,
  pluginDigest: Sha256Hex,
  source: string,
): readonly InstalledStep[] =>
  [...entries.values()].map((entry) => {
    const { kind, name } = entry;
    const action = actionOf(id, entry);
    const { reversibility, idempotent, profile, limits, input, output, annotations } = entry;
    return Object.freeze<InstalledStep>({
      plugin: id,
      version,
      pluginDigest,
      kind,
      entry: name,
      action,
      reversibility,
      profile,
      limits,
      requests,
      idempotent,
      input,
      output,
      annotations,
      source,
    });
  });

const actionOf = (id: string, { kind, name }: Pick<ManifestEntry, 'kind' | 'name'>): Action => {
  if (kind === 'tool') return 'tool_invoke';
  const found = stepAction(name);
  if (found.ok) return found.action;
  throw new AgentError({ code: 'manifest', message: `plugin \`${id}\`: ${found.problem}` });
};
