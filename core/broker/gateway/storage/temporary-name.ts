import type { RandomBytes } from '../../../vocabulary/ids.ts';

const TEMPORARY = /^\.secai-[0-9a-f]{32}\.tmp$/;

/** The name of a file that is being written: beside its target, never to be guessed (attack 117). */
export const newTemporaryName = (random: RandomBytes): string =>
  `.secai-${Buffer.from(random(16)).toString('hex')}.tmp`;

/** True for such a name: what a crash left is neither listed nor read nor written by a task. */
export const isTemporaryName = (name: string): boolean => TEMPORARY.test(name);
