import type { ProfileName } from '../../vocabulary/enums.ts';
import type { InstalledStep, InstalledSteps } from '../../vocabulary/manifest.ts';
import type { LoadRequest } from './range-messages.ts';

/** The shipped steps, of which one becomes each script in turn. */
export interface AttackedSteps {
  readonly installed: InstalledSteps;
  load(request: Pick<LoadRequest, 'plugin' | 'source'>): void;
}

const ATTACKED = 'summarize';
/** The largest answer of a script, in signs; what it is more of, the step fails for. */
const MOST_SIGNS = 60_000;

// An untrusted plugin of its own: it shares its process and its back-off with no other script. What it asks for
// is what `summarize` asks for, a handle on one document; its answer is one text.
export const makeAttackedSteps = (shipped: InstalledSteps, profile: ProfileName): AttackedSteps => {
  const installed = new Map(shipped);
  const step = shipped.get(ATTACKED);
  if (step === undefined) throw new Error(`no plugin executes ${ATTACKED}`);
  const text = { type: 'string', minLength: 0, maxLength: MOST_SIGNS, capability: null } as const;
  const output: InstalledStep['output'] = {
    type: 'object',
    properties: new Map([['returned', text]]),
    required: ['returned'],
    additionalProperties: false,
  };
  return Object.freeze<AttackedSteps>({
    installed,
    load: ({ plugin, source }) => {
      installed.set(ATTACKED, { ...step, plugin, profile, output, source, idempotent: false });
    },
  });
};

/** Makes of a script's plugin, whose step is `attack`, one that fits: what it returned comes out as JSON. */
export const asAttackedStep = (source: string): string =>
  `${source}
__plugin.steps.${ATTACKED} = async (input, handles) => ({
  returned: JSON.stringify(await __plugin.steps.attack(input, handles)) ?? 'undefined',
});`;
