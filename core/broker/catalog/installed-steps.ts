import { isAction } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';
import type { InstalledStep, Manifest } from '../../vocabulary/manifest.ts';

/**
 * The steps and tools of a checked manifest, ready to run.
 * @param pluginDigest over all bytes that matter, whatever the plugin came as
 * @throws AgentError `manifest` for a step that executes no action
 */
export const installedSteps = (
  { id, version, requests, entries }: Manifest,
  pluginDigest: Sha256Hex,
  source: string,
): readonly InstalledStep[] =>
  [...entries.values()].map((entry) => {
    const { kind, name } = entry;
    const action = kind === 'tool' ? 'tool_invoke' : name;
    if (!isAction(action)) {
      throw new AgentError({
        code: 'manifest',
        message: `plugin \`${id}\`: unknown action \`${action}\``,
      });
    }
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
