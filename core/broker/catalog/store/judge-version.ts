import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import { manifestDifference } from '../manifest/difference.ts';
import type { PluginRecord } from './plugin-record.ts';

/** The trusted version that a new one is held against. */
export interface Base {
  readonly version: string;
  readonly manifest: Manifest;
}

/** Null where the new version may be enabled as it is. */
export type Widening = { readonly shown: JsonObject; readonly digest: Sha256Hex } | null;

/**
 * What a new version widens over the one that people know. A version in quarantine is no measure: a widening
 * would pass in two steps, the second of which changes nothing. Where no trusted version can be read, all that
 * the new one asks for is new, and is shown as that (attack 145).
 * @param base undefined for the first version of its plugin
 */
export const judgeVersion = (manifest: Manifest, base: Base | 'none' | undefined): Widening => {
  if (base === undefined) return null;
  const known = base === 'none' ? askingForNothing(manifest) : base.manifest;
  const { changes, widens, digest } = manifestDifference(known, manifest);
  if (base !== 'none' && !widens) return null;
  return {
    shown: {
      against: base === 'none' ? null : base.version,
      changes: changes.map((change) => ({ ...change })),
    },
    digest,
  };
};

const askingForNothing = (manifest: Manifest): Manifest => ({
  ...manifest,
  requests: { inference: false, tools: [], egress: [] },
  entries: new Map(),
});

/** The version that a new one is held against: the enabled one, else the newest that is trusted. */
export const baseOf = (versions: readonly PluginRecord[]): PluginRecord | undefined => {
  const newestIn = (...states: readonly PluginRecord['state'][]): PluginRecord | undefined =>
    versions.findLast(({ state }) => states.includes(state));
  return newestIn('enabled') ?? newestIn('vetted', 'suspended');
};
