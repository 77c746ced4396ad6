import type { Capability, Reversibility } from './capability.ts';
import type { Action, ProfileName } from './enums.ts';
import type { PluginId, Sha256Hex } from './ids.ts';
import type { JsonObject, JsonPrimitive } from './json.ts';

/** The schema profile: the closed subset of JSON Schema that a manifest may use. */
export type Schema =
  | ObjectSchema
  | ArraySchema
  | StringSchema
  | NumberSchema
  | { readonly type: 'boolean' }
  | { readonly enum: readonly JsonPrimitive[] };

export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: readonly string[];
  /** Always closed: `additionalProperties: false` is demanded at every level. */
  readonly additionalProperties: false;
}

export interface ArraySchema {
  readonly type: 'array';
  readonly items: Schema;
  readonly minItems: number;
  readonly maxItems: number;
}

export interface StringSchema {
  readonly type: 'string';
  /** Lengths in code points, as JSON Schema counts. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly capability: Capability | null;
  /** True where the value stands in no log and no verdict: it is shown as `[redacted]`. */
  readonly redact: boolean;
  readonly pattern: Pattern | null;
}

/** A pattern of RE2, unanchored, as JSON Schema reads it; matched in linear time. */
export interface Pattern {
  readonly source: string;
  matches(text: string): boolean;
}

export interface NumberSchema {
  readonly type: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum: number;
}

/** Where a step's input names a resource: the one source of authority. */
export interface Annotation {
  readonly parameter: string;
  readonly capability: Capability;
  /** True where the parameter is an array of names. */
  readonly many: boolean;
}

/** What a plugin offers: a step, which executes an action, or a tool, which `tool_invoke` names. */
export type EntryKind = 'step' | 'tool';

/** What one run may use at most; each narrows the sandbox profile and never widens it. */
export interface EntryLimits {
  readonly cpu_ms?: number;
  readonly wall_ms?: number;
  readonly heap_mb?: number;
  readonly result_bytes?: number;
  readonly calls_total?: number;
}

/** A call that a manifest shows: its tests run it, and the least manifest must still allow it. */
export interface Example {
  readonly title: string;
  readonly input: JsonObject;
}

/** One step or tool as a checked manifest states it. */
export interface ManifestEntry {
  readonly kind: EntryKind;
  readonly name: string;
  readonly description: string;
  readonly reversibility: Reversibility;
  readonly idempotent: boolean;
  readonly profile: ProfileName;
  readonly limits: EntryLimits;
  readonly input: ObjectSchema;
  readonly output: ObjectSchema;
  readonly annotations: readonly Annotation[];
  readonly examples: readonly Example[];
  /** Where the manifest is more cautious than what follows from its handles. */
  readonly hints?: Partial<ToolHints>;
}

/** What a client of the Model Context Protocol is told of a tool (its `ToolAnnotations`). */
export interface ToolHints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** What a plugin asks for beside the resources that its parameters name. */
export interface ManifestRequests {
  /** The model. */
  readonly inference: boolean;
  /** Canonical names of the tools that its parameters may name. */
  readonly tools: readonly string[];
  readonly egress: readonly EgressRequest[];
}

export interface EgressRequest {
  /** An exact host name; there are no wildcards. */
  readonly host: string;
  readonly methods: readonly string[];
}

/** A checked manifest: the only place where a plugin's power is written. */
export interface Manifest {
  readonly id: PluginId;
  /** Three numbers (semver without suffixes), so that versions have one order. */
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** An SPDX identifier. */
  readonly license: string;
  readonly authors: readonly string[];
  readonly requests: ManifestRequests;
  /** Steps and tools by name; a name stands once in both together. */
  readonly entries: ReadonlyMap<string, ManifestEntry>;
}

/** What is wrong with a manifest, a schema or a package, and how to mend it. */
export interface Finding {
  /** JSON pointer (RFC 6901) from the root of the document. */
  readonly pointer: string;
  /** The rule that is broken: kebab-case, stable, for machines. */
  readonly rule: string;
  /** What is there. Text of the author appears escaped and cut. */
  readonly problem: string;
  /** What to write instead. */
  readonly mend: string;
  readonly line?: number;
  readonly column?: number;
}

/** One step or tool of an installed plugin, checked and ready to run. */
export interface InstalledStep {
  readonly plugin: PluginId;
  readonly version: string;
  readonly kind: EntryKind;
  /** Its name in the manifest, and of the function in the bundle's `steps` or `tools`. */
  readonly entry: string;
  /** Digest over manifest bytes and bundle bytes: what an approval binds. */
  readonly pluginDigest: Sha256Hex;
  /** What it executes; `tool_invoke` for a tool. */
  readonly action: Action;
  readonly reversibility: Reversibility;
  readonly limits: EntryLimits;
  readonly requests: ManifestRequests;
  /** The sandbox profile that its cell has, but in sensitive mode, where every step is `strict`. */
  readonly profile: ProfileName;
  /** True where a second run does no harm: a step whose cell crashed may then run once more. */
  readonly idempotent: boolean;
  readonly input: ObjectSchema;
  readonly output: ObjectSchema;
  readonly annotations: readonly Annotation[];
  /** The bundle: one script that defines `__plugin`. */
  readonly source: string;
}
