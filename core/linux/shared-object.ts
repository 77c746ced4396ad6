import koffi from 'koffi';
import { errnoName } from './libc.ts';

/** What `attack()` answered, and errno's name as it was left. */
export interface AttackResult {
  readonly value: number;
  readonly errno: string;
}

/**
 * Loads a library of which no code runs by that (`assertInert`). The answer looks `attack` up, whose lookup may
 * run code as well, and calls it.
 */
export const loadSharedObject = (path: string): (() => AttackResult) => {
  const library = koffi.load(path);
  return () => {
    const attack = library.func('int attack(void)');
    const value = Number(attack());
    return { value, errno: errnoName(koffi.errno()) };
  };
};
