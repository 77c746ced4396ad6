import { sha256 } from '../../../vocabulary/digest.ts';
import { isAction } from '../../../vocabulary/enums.ts';
import type { InstalledStep, Manifest, ManifestEntry } from '../../../vocabulary/manifest.ts';

/** An entry of a plugin that is not installed, as the executor runs one that is. */
export const benchStep = (
  manifest: Manifest,
  entry: ManifestEntry,
  source: string,
): InstalledStep => {
  const { kind, name, reversibility, idempotent, profile, limits, input, output, annotations } =
    entry;
  return Object.freeze<InstalledStep>({
    plugin: manifest.id,
    version: manifest.version,
    kind,
    entry: name,
    pluginDigest: sha256(source),
    action: kind === 'step' && isAction(name) ? name : 'tool_invoke',
    reversibility,
    limits,
    requests: manifest.requests,
    profile,
    idempotent,
    input,
    output,
    annotations,
    source,
  });
};
