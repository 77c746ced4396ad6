import type { Reversibility } from '../../vocabulary/capability.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { EgressRequest, EntryLimits, ToolHints } from '../../vocabulary/manifest.ts';

/** A manifest as it stands on disk: what `schemas/plugin-manifest.schema.json` admits. */
export interface ManifestFile {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly license: string;
  readonly authors: readonly string[];
  readonly requests?: RequestsFile;
  readonly steps?: Readonly<Record<string, EntryFile>>;
  readonly tools?: Readonly<Record<string, EntryFile>>;
}

interface RequestsFile {
  readonly inference?: true;
  readonly tools?: readonly string[];
  readonly egress?: readonly EgressRequest[];
}

/** One step or tool of it. */
export interface EntryFile {
  readonly description: string;
  readonly reversibility: Reversibility;
  readonly idempotent?: boolean;
  readonly profile?: ProfileName;
  readonly limits?: EntryLimits;
  readonly hints?: Partial<ToolHints>;
  /** A stranger's schema, still unread: the schema profile has yet to parse it. */
  readonly input: object;
  readonly output: object;
  readonly examples?: readonly { readonly title: string; readonly input: JsonObject }[];
}
