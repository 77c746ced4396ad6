import { isJsonObject, type JsonObject, ownValue } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { PolicyRequest } from '../../policy/policy-request.ts';
import type { StepPlan } from '../state/task-state.ts';

/** What of the catalog a step stands for, and the part of its parameters that this gets as its input. */
export interface StepEntry {
  /** Undefined where nothing that may run now has the name. */
  readonly installed: InstalledStep | undefined;
  readonly input: JsonObject;
  /** How policy is asked about it. */
  readonly asked: Pick<PolicyRequest, 'action' | 'installed' | 'tool' | 'toolEnabled'>;
}

// The tool is named by the plan's literal text. A reference to a result is an object and no text, so no output of
// a guest ever becomes the name of a tool (attacks 150, 152).

/** A step's own plugin, or for `tool_invoke` the tool that it names, with its arguments. */
export const stepEntry = (
  { action, params }: Pick<StepPlan, 'action' | 'params'>,
  catalog: Pick<Catalog, 'step' | 'tool'>,
): StepEntry => {
  if (action !== 'tool_invoke') {
    const installed = catalog.step(action);
    return { installed, input: params, asked: { action, installed: installed !== undefined } };
  }
  const name = ownValue(params, 'tool');
  const args = ownValue(params, 'args') ?? {};
  const tool = typeof name === 'string' ? name : '';
  const found = catalog.tool(tool);
  const installed = found.kind === 'enabled' && found.tool.entry === tool ? found.tool : undefined;
  return {
    installed,
    input: isJsonObject(args) ? args : {},
    asked: { action, installed: true, tool, toolEnabled: installed !== undefined },
  };
};
