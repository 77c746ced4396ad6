/** Branded identifiers: a string that was checked once and is never mixed up with another kind. */

declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** 16 lowercase hex digits (wire contract section 4). */
export type TaskId = Brand<'TaskId'>;
/** 12 lowercase hex digits. */
export type StepId = Brand<'StepId'>;
/** 16 lowercase hex digits: the grant's `token_id`. */
export type GrantId = Brand<'GrantId'>;
/** `[a-z][a-z0-9-]*`, at most 64 characters. */
export type PluginId = Brand<'PluginId'>;
/** 32 lowercase hex digits from 128 random bits; means something only in its own step. */
export type HandleId = Brand<'HandleId'>;
/** 64 lowercase hex digits. */
export type Sha256Hex = Brand<'Sha256Hex'>;

/** Random bytes, as a power: only the composition root has a source of them. */
export type RandomBytes = (count: number) => Uint8Array;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const parser =
  <Id extends string>(pattern: RegExp) =>
  (text: unknown): Id | undefined =>
    typeof text === 'string' && pattern.test(text) ? (text as Id) : undefined;

export const newTaskId = (random: RandomBytes): TaskId => hex(random(8)) as TaskId;
export const newStepId = (random: RandomBytes): StepId => hex(random(6)) as StepId;
export const newGrantId = (random: RandomBytes): GrantId => hex(random(8)) as GrantId;
export const newHandleId = (random: RandomBytes): HandleId => hex(random(16)) as HandleId;

export const parseTaskId: (text: unknown) => TaskId | undefined = parser(/^[0-9a-f]{16}$/);
export const parseStepId: (text: unknown) => StepId | undefined = parser(/^[0-9a-f]{12}$/);
export const parseGrantId: (text: unknown) => GrantId | undefined = parser(/^[0-9a-f]{16}$/);
export const parsePluginId: (text: unknown) => PluginId | undefined =
  parser(/^[a-z][a-z0-9-]{0,63}$/);
export const parseSha256: (text: unknown) => Sha256Hex | undefined = parser(/^[0-9a-f]{64}$/);
