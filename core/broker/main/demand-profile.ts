import { parseProfile } from '../../protocol/parse-profile.ts';
import type { SandboxProfile } from '../../protocol/profile.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { ProgramFilePowers } from './powers/program-files.ts';

const FILE = 'sandbox-profiles/standard.json';

/**
 * The limits of every step, from the file of this package. The same parse refuses what a cell is sent, so
 * its `violation` is translated here: a wrong file is nobody's attack.
 * @throws AgentError `configuration` naming the file and the fault
 */
export const demandProfile = ({
  readProfile,
}: Pick<ProgramFilePowers, 'readProfile'>): SandboxProfile => {
  try {
    return parseProfile(readProfile(FILE));
  } catch (cause) {
    const fault = cause instanceof AgentError ? cause.message : 'cannot be read as JSON';
    throw new AgentError({
      code: 'configuration',
      message: `\`${FILE}\`: ${fault}`,
      remedy: 'restore the file; schemas/sandbox-profile.schema.json says what stands there',
      cause,
    });
  }
};
