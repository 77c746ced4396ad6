import type { Catalog } from '../../broker/catalog/catalog.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import type { LoadRequest } from './range-messages.ts';

/** The shipped steps, of which one becomes each script in turn. */
export interface AttackedSteps {
  readonly catalog: Catalog;
  load(request: Pick<LoadRequest, 'plugin' | 'source'>): void;
}

const ATTACKED = 'summarize';
/** The largest answer of a script, in signs; what it is more of, the step fails for. */
const MOST_SIGNS = 60_000;

// An untrusted plugin of its own: it shares its process and its back-off with no other script. What it asks for
// is what `summarize` asks for, a handle on one document; its answer is one text.
export const makeAttackedSteps = (shipped: Catalog, profile: ProfileName): AttackedSteps => {
  const step = shipped.step(ATTACKED);
  if (step === undefined) throw new Error(`no plugin executes ${ATTACKED}`);
  const text = {
    type: 'string',
    minLength: 0,
    maxLength: MOST_SIGNS,
    capability: null,
    redact: false,
    pattern: null,
  } as const;
  const output: InstalledStep['output'] = {
    type: 'object',
    properties: new Map([['returned', text]]),
    required: ['returned'],
    additionalProperties: false,
  };
  let attacked = step;
  return Object.freeze<AttackedSteps>({
    catalog: {
      ...shipped,
      step: (action) => (action === ATTACKED ? attacked : shipped.step(action)),
    },
    load: ({ plugin, source }) => {
      attacked = { ...step, plugin, profile, output, source, idempotent: false };
    },
  });
};

/** Makes of a script's plugin, whose step is `attack`, one that fits: what it returned comes out as JSON. */
export const asAttackedStep = (source: string): string =>
  `${source}
__plugin.steps.${ATTACKED} = async (input, handles) => ({
  returned: JSON.stringify(await __plugin.steps.attack(input, handles)) ?? 'undefined',
});`;
