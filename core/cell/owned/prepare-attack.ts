import { readFileSync } from 'node:fs';
import { assertInert } from '../../linux/elf/without-constructors.ts';
import { loadSharedObject } from '../../linux/shared-object.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';
import { violation } from '../../protocol/frame.ts';
import type { Attack } from '../../protocol/owned.ts';
import { type AttackTools, runAttack } from './attack-function.ts';

/**
 * Does before the lock what cannot be done after it: loads a library. Of the attack itself nothing runs, and a
 * script is not even compiled. The answer is the attack, to be started after the lock.
 * @throws configuration for a library of which code would run
 */
export const prepareAttack = ({
  kind,
  text,
}: Attack): ((tools: AttackTools) => Promise<string>) => {
  switch (kind) {
    case 'script':
      return (tools) => runAttack(text, tools);
    case 'shared_object': {
      assertInert(readFileSync(text), thisArchitecture());
      const attack = loadSharedObject(text);
      return async () => {
        const { value, errno } = attack();
        return `${value} ${errno}`;
      };
    }
    default: {
      const never: never = kind;
      throw violation(`unknown kind \`${String(never)}\``);
    }
  }
};
