import type { KeyObject } from 'node:crypto';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';

/** The files of a package by their path inside it: `manifest.yaml`, `plugin.js`, `README.md`, `docs/...`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** SHA-256 of a public key's SPKI DER, hex. */
export type KeyId = string;

/** A signed statement as it lies in a package: one DSSE envelope (https://github.com/secure-systems-lab/dsse). */
export interface Envelope {
  readonly payloadType: 'application/vnd.in-toto+json';
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: KeyId; readonly sig: string }[];
}

/** What signers state: an in-toto statement (https://in-toto.io/Statement/v1). */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly Subject[];
  /** A URI that says how to read the predicate. */
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: Sha256Hex };
}

/** A package whose files are exactly those that enough trusted keys signed. */
export interface PluginPackage {
  readonly manifest: Manifest;
  /** Over the path and the SHA-256 of every file: what a verdict names and an approval binds. */
  readonly digest: Sha256Hex;
  readonly files: ReadonlyMap<string, Sha256Hex>;
  /** The text of `plugin.js`. */
  readonly source: string;
  readonly signedBy: readonly KeyId[];
  /** Unix milliseconds; null where the signature does not expire. */
  readonly expires: number | null;
}

/** Whose word counts. A folder of the operator, read when the agent starts and when it is told to. */
export interface TrustStore {
  readonly publishers: TrustedKeys;
  readonly vetters: TrustedKeys;
  readonly revokedKeys: ReadonlySet<KeyId>;
  /** Digests of packages. */
  readonly revokedPackages: ReadonlySet<string>;
}

export interface TrustedKeys {
  /** How many different keys must have signed; at least 1. */
  readonly threshold: number;
  readonly keys: ReadonlyMap<KeyId, KeyObject>;
}
