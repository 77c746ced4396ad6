import type { Reversibility } from '../../vocabulary/capability.ts';

/** A manifest as it stands on disk: what `schemas/manifest.schema.json` admits. */
export interface ManifestFile {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly steps: Readonly<Record<string, StepFile>>;
}

interface StepFile {
  readonly description?: string;
  readonly reversibility: Reversibility;
  readonly idempotent?: boolean;
  /** A stranger's schema, still unread: the schema profile has yet to parse it. */
  readonly input: object;
  readonly output: object;
}
