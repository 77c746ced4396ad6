import { CAPABILITY_FACTS } from '../../vocabulary/capability.ts';
import { HARD_APPROVAL } from './action-facts.ts';
import type { Facts, Match, Rule } from './rule.ts';

const hardApproval = ({ policy, involved }: Facts): Match | undefined => {
  const hard = involved.find(
    (action) => HARD_APPROVAL.includes(action) || policy.hardApproval.includes(action),
  );
  return hard === undefined
    ? undefined
    : { reason: `high-risk action '${hard}' requires approval` };
};

const autoReadsAsk = ({ risk, resources, policy, preferences }: Facts): Match | undefined => {
  const reads = resources.some(({ capability }) => CAPABILITY_FACTS[capability].access === 'read');
  if (risk !== 'auto' || !reads) return undefined;
  if (policy.autoReads !== 'allow')
    return { reason: 'the policy file asks before automatic reads' };
  // The file's default for read_file alone does not interrupt an automatic action.
  const asked = preferences.find(({ preference, explicit }) => explicit && preference === 'ask');
  return asked === undefined ? undefined : { reason: `user preference: ask for '${asked.action}'` };
};

const preferenceAsk = ({ risk, preferences }: Facts): Match | undefined => {
  const asked = preferences.find(({ preference }) => preference === 'ask');
  return risk !== 'configurable' || asked === undefined
    ? undefined
    : { reason: `configurable action '${asked.action}' - awaiting approval` };
};

const preferenceAlways = ({ risk, preferences, request }: Facts): Match | undefined =>
  risk === 'configurable' && preferences.every(({ preference }) => preference === 'always')
    ? { reason: `user preference: always allow '${request.action}'` }
    : undefined;

const auto = ({ risk }: Facts): Match | undefined =>
  risk === 'auto' ? { reason: 'low-risk action, auto-approved' } : undefined;

/** What must be asked, where nothing denies. */
export const ASK_RULES: readonly Rule[] = [
  {
    name: 'hard_approval',
    says: 'the six high-risk actions and what the policy file lists under hard_approval ask always',
    match: hardApproval,
  },
  {
    name: 'auto_reads_ask',
    says: 'an automatic action asks before it reads where the request or auto_reads says so',
    match: autoReadsAsk,
  },
  {
    name: 'preference_ask',
    says: 'a configurable action asks where a preference that governs it is `ask`',
    match: preferenceAsk,
  },
];

/** What is allowed, where nothing denies and nothing asks. */
export const ALLOW_RULES: readonly Rule[] = [
  {
    name: 'preference_always',
    says: 'a configurable action runs where every preference that governs it is `always`',
    match: preferenceAlways,
  },
  {
    name: 'auto',
    says: 'an automatic action that only reads inside its scope runs',
    match: auto,
  },
];
