import standard from '../../../../sandbox-profiles/standard.json' with { type: 'json' };
import strict from '../../../../sandbox-profiles/strict.json' with { type: 'json' };
import vetting from '../../../../sandbox-profiles/vetting.json' with { type: 'json' };
import type { StepLimits } from '../../../protocol/limits.ts';
import type { ProfileName } from '../../../vocabulary/enums.ts';

/**
 * The limits of the profiles that the program was built with: a manifest that asks for more is refused when it is
 * read. Whatever profiles a machine has, a run narrows them by what the manifest says, and never widens them.
 */
export const PROFILE_CAPS: Readonly<Record<ProfileName, StepLimits>> = {
  standard: standard.limits,
  strict: strict.limits,
  vetting: vetting.limits,
};
