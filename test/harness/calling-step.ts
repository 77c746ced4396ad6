import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { annotationsOf } from '../../core/broker/catalog/schema-profile/annotations.ts';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { heuristicPlanner } from '../../core/broker/plan/heuristic-planner.ts';
import type { Planner } from '../../core/broker/plan/planner.ts';
import type { StepView } from '../../core/broker/task/task-service.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/vocabulary/json.ts';
import type { InstalledStep, ObjectSchema } from '../../core/vocabulary/manifest.ts';
import { type AgentFolder, type Cleanup, makeAgentFolder } from './agent-folder.ts';
import { type BrokerOptions, type LightBroker, startLightBroker } from './light-broker.ts';

/** A broker whose `summarize` step holds one `tool.invoke` handle and calls it as its body says. */
export interface Caller {
  readonly broker: LightBroker;
  readonly folder: AgentFolder;
  /** Runs one task to its end: an intent for the shipped planner, or one call of the calling step. */
  run(asked: string | { readonly tool: string; readonly args: JsonObject }): Promise<Called>;
  /** What the calling step does from now on; it returns what the test reads as `answer`. */
  does(body: string): void;
}

export interface Called {
  readonly step: StepView;
  /** What the body returned. */
  readonly answer: JsonValue;
  /** Data of the task's records of this event, oldest first. */
  records(event: string): readonly JsonObject[];
}

interface CallerOptions extends Pick<BrokerOptions, 'tools' | 'firewallTools' | 'size'> {
  readonly documents?: Readonly<Record<string, string>>;
  /** The tools that the grant holds; the step asks for all of these names. */
  readonly granted: readonly string[];
  readonly requested?: readonly string[];
  /** Preferences of the policy file that are not `always`. */
  readonly preferences?: Readonly<Record<string, string>>;
}

/** Invokes once and returns the output, or code and message of the refusal. */
export const INVOKE_ONCE = `
  try { return { ok: await handles.tool.invoke(JSON.parse(input.args)) }; }
  catch (error) { return { code: error.code, message: error.message }; }`;

export const openCaller = async (t: Cleanup, options: CallerOptions): Promise<Caller> => {
  const { documents = {}, granted, requested = granted, preferences = {}, ...rest } = options;
  const preferred = { read_file: 'always', write_file: 'always', tool_invoke: 'always' };
  const defaults = Object.entries({ ...preferred, overwrite_file: 'ask', ...preferences });
  const folder = await makeAgentFolder(t, {
    documents,
    policy: `allowed_tools: [${granted.join(', ')}]
configurable_defaults:
${defaults.map(([action, preference]) => `  ${action}: ${preference}\n`).join('')}`,
  });
  let next: JsonObject | undefined;
  const planner: Planner = {
    plan: async (request) => {
      if (next === undefined) return heuristicPlanner.plan(request);
      const step = { key: 's1', action: 'summarize', params: next, description: 'call' } as const;
      return { kind: 'planned', steps: [step] };
    },
  };
  const broker = await startLightBroker(t, folder, { size: 2, planner, ...rest });
  const does = (body: string): void =>
    broker.replace('summarize', (step) => callingStep(step, requested, body));
  does(INVOKE_ONCE);

  return {
    broker,
    folder,
    does,
    run: async (asked) => {
      next =
        typeof asked === 'string'
          ? undefined
          : { tool: asked.tool, args: JSON.stringify(asked.args) };
      const intent = typeof asked === 'string' ? asked : 'call the tool';
      const { task_id } = await broker.tasks.submit(
        { intent, mode: 'standard', workspaces: ['user_docs'], preferences: {} },
        { peer: null },
      );
      const end = performance.now() + 60_000;
      for (;;) {
        const task = broker.tasks.get(task_id);
        assert.ok(task !== undefined && performance.now() < end, JSON.stringify(task));
        const [step] = task.steps;
        if (task.completed_at === null || step === undefined) {
          await pause(5);
          continue;
        }
        const output = (await broker.tasks.result(task_id, step.step_id))?.output;
        const text = output?.['answer'];
        return {
          step,
          answer: typeof text === 'string' ? JSON.parse(text) : null,
          records: (event) => recordsIn(folder, task_id, event),
        };
      }
    },
  };
};

/** Another tool in the shape of a shipped one. */
export const toolLike = (
  tool: InstalledStep,
  entry: string,
  change: { readonly body: string } & Partial<InstalledStep>,
): InstalledStep => {
  const { body, ...more } = change;
  const name = JSON.stringify(entry);
  const source = `globalThis.__plugin = { tools: { ${name}: async (input, handles) => { ${body} } } };`;
  return { ...tool, entry, source, ...more };
};

const schemaOf = (role: 'input' | 'output', properties: object): ObjectSchema => {
  const required = Object.keys(properties);
  const read = parseSchema(
    { type: 'object', additionalProperties: false, required, properties },
    role,
  );
  assert.ok(read.ok, JSON.stringify(read));
  return read.schema;
};

const callingStep = (
  step: InstalledStep,
  tools: readonly string[],
  body: string,
): InstalledStep => {
  const input = schemaOf('input', {
    tool: { type: 'string', maxLength: 128, 'x-capability': 'tool.invoke' },
    args: { type: 'string', maxLength: 10_000 },
  });
  return {
    ...step,
    input,
    output: schemaOf('output', { answer: { type: 'string', maxLength: 100_000 } }),
    annotations: annotationsOf(input),
    requests: { ...step.requests, tools },
    source: `globalThis.__plugin = { steps: { summarize: async (input, handles) => {
      const act = async () => { ${body} };
      return { answer: JSON.stringify((await act()) ?? null) };
    } } };`,
  };
};

const recordsIn = (folder: AgentFolder, task: string, event: string): readonly JsonObject[] =>
  (readFileSync(folder.auditLog, 'utf8').match(/^.+(?=\n)/gm) ?? [])
    .map((line): JsonObject => JSON.parse(line))
    .filter((record) => record['event'] === event)
    .flatMap(({ data }) => (isJsonObject(data ?? null) ? [data as JsonObject] : []))
    .filter((data) => data['task_id'] === task);
