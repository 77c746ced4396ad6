import type { Capability, Reversibility } from './capability.ts';
import type { Action, ProfileName } from './enums.ts';
import type { PluginId, Sha256Hex } from './ids.ts';
import type { JsonPrimitive } from './json.ts';

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

/** One step of an installed plugin, checked and ready to run. */
export interface InstalledStep {
  readonly plugin: PluginId;
  /** Digest over manifest bytes and bundle bytes: what an approval binds. */
  readonly pluginDigest: Sha256Hex;
  readonly action: Action;
  readonly reversibility: Reversibility;
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

/** The steps of all installed plugins, by the action that each executes. */
export type InstalledSteps = ReadonlyMap<Action, InstalledStep>;
