import { digestOf } from '../../../vocabulary/digest.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import { manifestDifference } from '../manifest/difference.ts';
import type { PluginRecord } from './plugin-record.ts';

/** Which version a new one is held against. */
export interface Base {
  readonly version: string;
  /** False for a version that was never trusted, or is no longer: then everything about the new one is new. */
  readonly trusted: boolean;
  readonly manifest: Manifest;
}

/** Null where the new version may be enabled as it is. */
export type Widening = { readonly shown: JsonObject; readonly digest: Sha256Hex } | null;

/**
 * What a new version widens over the one that people know. A version in quarantine is no measure: a widening
 * would pass in two steps, the second of which changes nothing (attack 145).
 */
export const judgeVersion = (
  manifest: Manifest,
  packageDigest: Sha256Hex,
  base: Base | 'first' | 'unknown',
): Widening => {
  if (base === 'first') return null;
  if (base === 'unknown') {
    const shown = { against: null, changes: [] };
    return { shown, digest: digestOf({ package: packageDigest, ...shown }) };
  }
  const { changes, widens, digest } = manifestDifference(base.manifest, manifest);
  if (!widens && base.trusted) return null;
  return {
    shown: { against: base.version, changes: changes.map((change) => ({ ...change })) },
    digest,
  };
};

/** The record of the version that a new one is held against; undefined for a plugin that is not known. */
export const baseOf = (
  versions: readonly PluginRecord[],
): { readonly record: PluginRecord; readonly trusted: boolean } | undefined => {
  const newestIn = (...states: readonly PluginRecord['state'][]): PluginRecord | undefined =>
    versions.findLast(({ state }) => states.includes(state));
  const trusted = newestIn('enabled') ?? newestIn('vetted', 'suspended');
  if (trusted !== undefined) return { record: trusted, trusted: true };
  const other = versions.at(-1);
  return other === undefined ? undefined : { record: other, trusted: false };
};
