import type { RuleName } from '../../vocabulary/decision.ts';
import type { ErrorCode } from '../../vocabulary/errors.ts';

/** The code of a refusal by this rule: what concerns a tool's own standing has codes of its own. */
export const denialCode = (rule: RuleName): ErrorCode => {
  switch (rule) {
    case 'tool_not_enabled':
      return 'tool_not_enabled';
    case 'tool_not_allowed':
      return 'tool_not_granted';
    default:
      return 'policy_denied';
  }
};
