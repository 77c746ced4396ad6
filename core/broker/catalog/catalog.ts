import type { Action } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';

/** Where a plugin stands on its way to run; only what is `enabled` runs. */
export const TRUST_STATES = ['quarantined', 'vetted', 'enabled', 'suspended', 'revoked'] as const;
export type TrustState = (typeof TRUST_STATES)[number];

/** The steps and tools that may run now. It is asked at each use: a plugin can be revoked at any time. */
export interface Catalog {
  /** The enabled step that executes an action. */
  step(action: Action): InstalledStep | undefined;
  actions(): ReadonlySet<Action>;
  /** A tool by its exact canonical id; another case, a space or a look-alike is another name (attack 150). */
  tool(name: string): ToolLookup;
  /** The enabled tools. */
  tools(): readonly InstalledStep[];
  /** Aborts when the step's plugin, in just these bytes, is enabled no longer. */
  whileEnabled(step: InstalledStep): AbortSignal;
}

export type ToolLookup =
  | { readonly kind: 'enabled'; readonly tool: InstalledStep }
  | { readonly kind: 'not_enabled'; readonly state: TrustState }
  | { readonly kind: 'unknown' };

/**
 * A catalog that never changes: what comes with the program.
 * @throws AgentError `manifest` where two plugins claim one action or one tool
 */
export const makeFixedCatalog = (entries: readonly InstalledStep[]): Catalog => {
  const steps = new Map<Action, InstalledStep>();
  const tools = new Map<string, InstalledStep>();
  for (const entry of entries) {
    if (entry.kind === 'step') claim(steps, entry.action, entry);
    else claim(tools, entry.entry, entry);
  }
  const always = new AbortController().signal;
  return Object.freeze<Catalog>({
    step: (action) => steps.get(action),
    actions: () => new Set(steps.keys()),
    tool: (name) => {
      const tool = tools.get(name);
      return tool === undefined ? { kind: 'unknown' } : { kind: 'enabled', tool };
    },
    tools: () => [...tools.values()],
    whileEnabled: () => always,
  });
};

const claim = <Name extends string>(
  taken: Map<Name, InstalledStep>,
  name: Name,
  entry: InstalledStep,
): void => {
  if (taken.has(name)) {
    throw new AgentError({ code: 'manifest', message: `two plugins claim \`${name}\`` });
  }
  taken.set(name, entry);
};
