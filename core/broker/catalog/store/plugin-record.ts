import type { PluginId, Sha256Hex } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { TrustState } from '../catalog.ts';

/** What is known of one installed version of a plugin, beside its bytes. */
export interface PluginRecord {
  readonly id: PluginId;
  readonly version: string;
  /** Of the package: the name of its folder. */
  readonly digest: Sha256Hex;
  readonly state: TrustState;
  /** Names in its manifest, so that a refusal can tell what is not enabled from what does not exist. */
  readonly steps: readonly string[];
  readonly tools: readonly string[];
  /** What it widens over the version that it was held against; null where it widens nothing. */
  readonly difference: JsonObject | null;
  /** Digest of that difference: what the operator approves. */
  readonly differenceDigest: Sha256Hex | null;
  /** The code for which the agent itself suspended it. */
  readonly reason: string | null;
}

/** Everything that the state file says. */
export interface PluginState {
  /** Counts the changes, so that an older file is known as one. */
  readonly sequence: number;
  /** Each plugin's versions from the oldest to the newest. */
  readonly records: readonly PluginRecord[];
  /** Plugins of the program that the operator suspended. */
  readonly suspendedShipped: readonly PluginId[];
}

export const NO_PLUGINS: PluginState = Object.freeze({
  sequence: 0,
  records: [],
  suspendedShipped: [],
});
