import { LANDLOCK_RIGHTS, type LandlockRight } from '../linux/landlock/rights.ts';
import type { JsonObject } from '../vocabulary/json.ts';
import { count, wordList } from './head.ts';

/** Layers of the wall that a cell puts up itself, in the order in which it does. */
export const KERNEL_LAYERS = [
  'no_new_privs',
  'mdwe',
  'not_dumpable',
  'no_core',
  'landlock',
  'seccomp',
] as const;
export type KernelLayer = (typeof KERNEL_LAYERS)[number];

/** What a cell says of its lock: a layer is named only when the kernel was seen to refuse by it. */
export interface LockFacts {
  readonly layers: readonly KernelLayer[];
  /** Version of the kernel's Landlock; 0 where it has none. */
  readonly landlockAbi: number;
  /** Rights that this version cannot refuse, each of which the seccomp profile refuses instead. */
  readonly covered: readonly LandlockRight[];
  readonly uid: number;
}

/** Fields of a head that carries the facts. */
export const LOCK_FIELDS: readonly string[] = ['layers', 'landlock_abi', 'covered', 'uid'];

/** @throws violation naming the field */
export const parseLockFacts = (head: JsonObject): LockFacts => ({
  layers: wordList(head, 'layers', KERNEL_LAYERS),
  landlockAbi: count(head, 'landlock_abi'),
  covered: wordList(head, 'covered', LANDLOCK_RIGHTS),
  uid: count(head, 'uid'),
});

export const lockFields = ({ layers, landlockAbi, covered, uid }: LockFacts): JsonObject => ({
  layers,
  landlock_abi: landlockAbi,
  covered,
  uid,
});
