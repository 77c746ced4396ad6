import { PROFILE_NAMES, type ProfileName } from '../vocabulary/enums.ts';
import { AgentError } from '../vocabulary/errors.ts';

/** The command line of a cell: `PROFILE [--weak] [--core=N]`. Whoever started it wrote it, no guest. */
export interface CellArguments {
  readonly profile: ProfileName;
  /** Serve although the kernel lacks a layer; the hello then names those that stand. */
  readonly weak: boolean;
  /** The one core that all threads keep to. */
  readonly core: number | undefined;
}

const CORE = /^--core=(\d{1,4})$/;

/** @throws configuration naming the argument */
export const parseCellArguments = ([name, ...rest]: readonly string[]): CellArguments => {
  const profile = PROFILE_NAMES.find((known) => known === name);
  if (profile === undefined) throw unknown(name ?? '');
  let weak = false;
  let core: number | undefined;
  for (const word of rest) {
    const found = CORE.exec(word)?.[1];
    if (word === '--weak' && !weak) weak = true;
    else if (found !== undefined && core === undefined) core = Number(found);
    else throw unknown(word);
  }
  return { profile, weak, core };
};

const unknown = (word: string): AgentError =>
  new AgentError({
    code: 'configuration',
    message: `expected \`PROFILE [--weak] [--core=N]\`, got \`${word.slice(0, 64)}\``,
  });
