/** `trust.json` of a trust store: what `schemas/trust-store.schema.json` admits. */
export interface TrustStoreFile {
  readonly version: 1;
  readonly publishers: SignersFile;
  readonly vetters: SignersFile;
}

export interface SignersFile {
  readonly threshold: number;
  /** Names of files in `keys/`. */
  readonly keys: readonly string[];
}

/** `revoked.json`: what `schemas/revocations.schema.json` admits. */
export interface RevocationsFile {
  readonly version: 1;
  readonly keys: readonly string[];
  readonly packages: readonly string[];
}
