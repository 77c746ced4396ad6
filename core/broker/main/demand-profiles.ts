import { parseProfile, type SandboxProfile } from '../../protocol/profile.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { ProgramFilePowers } from './powers/program-files.ts';

export type SandboxProfiles = Readonly<Record<ProfileName, SandboxProfile>>;

/**
 * The profiles of this package, all of them before anything runs. The same parse refuses what a cell is
 * sent, so its `violation` is translated here: a wrong file is nobody's attack.
 * @throws AgentError `configuration` naming the file and the fault
 */
export const demandProfiles = ({
  readProfile,
}: Pick<ProgramFilePowers, 'readProfile'>): SandboxProfiles => {
  const demand = (name: ProfileName): SandboxProfile => {
    const file = `sandbox-profiles/${name}.json`;
    try {
      return parseProfile(name, readProfile(file));
    } catch (cause) {
      const fault = cause instanceof AgentError ? cause.message : 'cannot be read as JSON';
      throw new AgentError({
        code: 'configuration',
        message: `\`${file}\`: ${fault}`,
        remedy: 'restore the file; schemas/sandbox-profile.schema.json says what stands there',
        cause,
      });
    }
  };
  return { standard: demand('standard'), strict: demand('strict'), vetting: demand('vetting') };
};
