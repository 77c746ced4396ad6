import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import type {
  Envelope,
  PackageFiles,
  PluginPackage,
  TrustStore,
} from '../package/plugin-package.ts';

export interface PackageChecks {
  openPackage(files: PackageFiles, trust: TrustStore, now: number): PluginPackage;
  readVerdict(
    envelopes: readonly Envelope[],
    digest: Sha256Hex,
    trust: TrustStore,
    now: number,
  ): unknown;
  assertNewer(candidate: string, installed: string): void;
  parseEnvelope(bytes: Uint8Array, file: string): Envelope;
  manifestDifference(before: Manifest, after: Manifest): ManifestDifference;
}
export interface ManifestDifference {
  readonly changes: readonly ManifestChange[];
  readonly widens: boolean;
  readonly digest: Sha256Hex;
}
export interface ManifestChange {
  readonly pointer: string;
  readonly kind: 'widens' | 'narrows' | 'changes';
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}
