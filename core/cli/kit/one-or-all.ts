import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { PluginCase } from './plugin-case.ts';

/** The cases that were asked for. @throws CommandFailure where none has the name */
export const oneOrAll = (
  cases: readonly PluginCase[],
  name: string | undefined,
): readonly PluginCase[] => {
  if (name === undefined) return cases;
  const found = cases.filter((each) => each.name === name);
  if (found.length > 0) return found;
  const names = cases.map((each) => `\`${each.name}\``).join(', ');
  throw new CommandFailure(EXIT.usage, `no case is named \`${name}\`; there are ${names}`);
};
