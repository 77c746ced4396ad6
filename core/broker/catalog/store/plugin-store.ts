import type { PluginId, Sha256Hex } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import type { Catalog, TrustState } from '../catalog.ts';
import type { PackageFiles } from '../package/plugin-package.ts';

/** The installed plugins, as the operator drives them. Changes come one after another. */
export interface PluginVerbs {
  list(): readonly PluginFacts[];
  /** Every version of one plugin, the newest first. @throws AgentError `plugin_not_found` */
  show(id: string): readonly PluginFacts[];
  /** One installed version with its manifest. @throws AgentError `plugin_not_found`, `package_tampered` */
  manifest(id: string, version: string): Promise<ShownPlugin>;
  install(request: InstallRequest, who: Operator): Promise<PluginFacts>;
  enable(request: EnableRequest, who: Operator): Promise<PluginFacts>;
  suspend(request: PluginRequest, who: Operator): Promise<readonly PluginFacts[]>;
  revoke(request: PluginRequest, who: Operator): Promise<readonly PluginFacts[]>;
}

/** The installed plugins, as the rest of the agent sees them. */
export interface PluginStore extends PluginVerbs {
  readonly catalog: Catalog;
  onEnabledChange(listener: EnabledListener): void;
}

/**
 * Told of the tools that run from now on. Where more may run, it is told before that is so, and where it
 * rejects nothing changes (attack 216). Where less may run, that holds already and does not wait for it.
 */
export type EnabledListener = (tools: readonly InstalledStep[]) => Promise<void>;

/** Who asked, as the kernel says. */
export interface Operator {
  readonly uid: number | null;
}

export interface InstallRequest {
  readonly files: PackageFiles;
  /** Verdicts that came beside the package, each an envelope's bytes. */
  readonly verdicts: readonly Uint8Array[];
}

export interface PluginRequest {
  readonly id: string;
  /** One version; without it every one that the verb concerns. */
  readonly version: string | null;
}

export interface EnableRequest extends PluginRequest {
  /** Digest of the difference that the operator read. */
  readonly approve: string | null;
}

/** One version of an installed plugin with the text that says what it may do. */
export interface ShownPlugin extends PluginFacts {
  readonly manifest: string;
}

/** One version of a plugin, for people. */
export interface PluginFacts {
  readonly id: PluginId;
  readonly version: string;
  readonly digest: Sha256Hex;
  readonly source: 'shipped' | 'installed';
  readonly state: TrustState;
  readonly steps: readonly string[];
  readonly tools: readonly string[];
  /** Why the agent itself suspended it. */
  readonly reason?: string;
  /** What it widens, and the digest to approve that by. */
  readonly difference?: JsonObject;
  readonly difference_digest?: Sha256Hex;
}
