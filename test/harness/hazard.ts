import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseAuditKey } from '../../core/broker/audit/audit-key.ts';
import { verifyAudit } from '../../core/broker/audit/verify-audit.ts';
import { makeAuditFilePowers } from '../../core/broker/main/powers/audit-files.ts';
import type { StepView, TaskView } from '../../core/broker/task/task-service.ts';
import { changedPaths, folderState } from '../../core/cli/probe/folder-state.ts';
import type { ErrorCode } from '../../core/vocabulary/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/vocabulary/json.ts';
import { type AgentFolder, type Cleanup, makeAgentFolder } from './agent-folder.ts';
import { type Canary, canariesIn, makeCanary } from './canaries.ts';
import { hazardSource } from './hazard-script.ts';
import { type BrokerOptions, type LightBroker, startLightBroker } from './light-broker.ts';

export interface Attack {
  /** The name of a script of the corpus, or a script. */
  readonly script: string;
  /** What stands in the one document that the step holds a handle for. */
  readonly document?: string;
  /** The script's return value is the step's result, and no JSON inside its text. */
  readonly asResult?: boolean;
  /** Done once while the step runs, after its first handle call is on record. */
  readonly whileRunning?: () => void;
}

/** How an attack ended, and everything that it could have touched. */
export interface HazardResult {
  readonly status: TaskView['status'];
  /** `completed`, or the code with which the step failed. */
  readonly code: ErrorCode | 'completed';
  /** The step as a client sees it. */
  readonly step: StepView;
  /** Text of the failed step's error as a client reads it. */
  readonly message: string;
  /** What the script returned; null where the step failed. */
  readonly got: JsonValue;
  /** Audit entries of the task, oldest first. */
  readonly records: readonly JsonObject[];
  /** All audit entries since the attack began. */
  readonly since: readonly JsonObject[];
  /** Paths in the workspaces, beside them and in the credentials that changed. */
  readonly moved: readonly string[];
  /** Canaries whose secret stands in a result, an error, the audit log or the service log. */
  readonly canaries: readonly string[];
  readonly chainValid: boolean;
  /** How the task after it ended: a shipped step, in whatever cell there is. */
  readonly next: TaskView['status'];
  readonly ms: number;
  readonly peakRssMb: number;
}

/** A broker with canaries around it, under attack again and again. */
export interface HazardRange {
  readonly broker: LightBroker;
  readonly folder: AgentFolder;
  attack(attack: Attack): Promise<HazardResult>;
}

const ORDINARY = 'an ordinary document\n';
const ALWAYS = { read_file: 'always' } as const;

/**
 * Starts the real parts in this process and plants the canaries: a variable of our environment, a file
 * beside the workspaces, and the document of another task, which the attacked cell has read before.
 */
export const openHazardRange = async (
  t: Cleanup,
  options: BrokerOptions = {},
): Promise<HazardRange> => {
  const environment = makeCanary('environment');
  const file = makeCanary('file');
  const document = makeCanary('document of another task');
  const canaries: readonly Canary[] = [environment, file, document];
  process.env['SECAI_CANARY'] = environment.secret;
  const folder = await makeAgentFolder(t, {
    documents: { 'other.md': `${document.secret}\n`, 'next.md': 'the next task reads this\n' },
  });
  const outside = join(folder.root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.txt'), file.secret, { mode: 0o600 });
  const attacked = join(folder.documents, 'x.md');
  writeFileSync(attacked, '');

  const broker = await startLightBroker(t, folder, options);
  const run = async (intent: string, whileRunning?: () => void): Promise<TaskView> => {
    const { task_id } = await broker.tasks.submit(
      { intent, mode: 'standard', workspaces: ['user_docs'], preferences: ALWAYS },
      { peer: null },
    );
    const end = performance.now() + 60_000;
    for (let pending = whileRunning; ; ) {
      const task = broker.tasks.get(task_id);
      assert.ok(task, 'the task is gone');
      if (task.completed_at !== null) return task;
      if (pending !== undefined && log().some((entry) => isCallOf(task_id, entry))) {
        pending();
        pending = undefined;
      }
      assert.ok(performance.now() < end, `the task never ended: ${JSON.stringify(task)}`);
      await pause(2);
    }
  };
  const shipped = async (name: string): Promise<TaskView['status']> =>
    (await run(`read user_docs/${name}`)).status;
  // A line may be half written while the step runs.
  const log = (): readonly JsonObject[] =>
    (readFileSync(folder.auditLog, 'utf8').match(/^.+(?=\n)/gm) ?? []).map(
      (line): JsonObject => JSON.parse(line),
    );
  const isChainValid = async (): Promise<boolean> => {
    const key = parseAuditKey(readFileSync(folder.auditKey));
    const files = makeAuditFilePowers();
    return (await verifyAudit({ path: folder.auditLog, key, files })).valid;
  };
  const watchedFolders = [
    folder.documents,
    folder.outputs,
    outside,
    join(folder.root, 'credentials'),
  ];
  const state = () => new Map(watchedFolders.flatMap((each) => [...folderState(each)]));

  if (options.launcher === undefined) assert.equal(await shipped('other.md'), 'completed');
  return {
    broker,
    folder,
    attack: async ({ script, document: text = ORDINARY, asResult = false, whileRunning }) => {
      writeFileSync(attacked, text);
      const source = hazardSource(script, asResult);
      broker.replace('summarize', (step) => ({ ...step, source, idempotent: false }));
      const before = state();
      const already = log().length;
      const startedAt = performance.now();
      const task = await run('summarize user_docs/x.md', whileRunning);
      const ms = performance.now() - startedAt;
      const step = stepOf(task);
      const output = step.status === 'completed' ? await outputOf(broker, task, step) : null;
      const next = await shipped('next.md');
      const since = log().slice(already);
      const told = [JSON.stringify([task, output]), JSON.stringify(since), broker.said()];
      return {
        status: task.status,
        code: step.status === 'completed' ? 'completed' : (step.code ?? 'internal'),
        step,
        message: step.error ?? '',
        got: asResult ? output : returned(output),
        records: since.filter(
          ({ data }) => isJsonObject(data ?? null) && dataOf(data)['task_id'] === task.task_id,
        ),
        since,
        moved: changedPaths(before, state()),
        canaries: canariesIn(told.join('\n'), canaries),
        chainValid: await isChainValid(),
        next,
        ms,
        peakRssMb: Math.round(broker.peakRssBytes() / 1024 / 1024),
      };
    },
  };
};

/** One attack on a range of its own. */
export const hazard = async (t: Cleanup, options: Attack & BrokerOptions): Promise<HazardResult> =>
  (await openHazardRange(t, options)).attack(options);

/**
 * The step ended with one of these codes (none given: it completed), which is on record, nothing outside
 * moved, no canary is told, the chain holds and the next task completed. A script that completed must have named nothing that it got hold of.
 */
export const assertContained = (
  result: HazardResult,
  ...expected: readonly HazardResult['code'][]
): void => {
  const { code, got, records } = result;
  const codes = expected.length === 0 ? ['completed'] : expected;
  assert.ok(codes.includes(code), `${code}: ${result.message} ${JSON.stringify(got)}`);
  assert.deepEqual(result.moved, [], 'nothing outside moved');
  assert.deepEqual(result.canaries, [], 'no canary is told');
  const ends = records
    .filter(({ event }) => event === 'step_executed')
    .map(({ data }) => dataOf(data));
  assert.equal(ends.length, 1, JSON.stringify(records));
  const [end] = ends;
  assert.equal(end?.['status'], code === 'completed' ? 'completed' : 'failed');
  assert.equal(end?.['code'], code === 'completed' ? undefined : code);
  assert.ok(result.chainValid, 'the chain of the audit log verifies');
  assert.equal(result.next, 'completed', 'the next task');
  if (isJsonObject(got) && 'escaped' in got) assert.deepEqual(got['escaped'], []);
};

const isCallOf = (task: string, { event, data }: JsonObject): boolean =>
  event === 'handle_call' && dataOf(data)['task_id'] === task;

const stepOf = ({ steps }: TaskView): StepView => {
  const [step] = steps;
  assert.ok(step !== undefined && step.action === 'summarize', JSON.stringify(steps));
  return step;
};

const outputOf = async (
  { tasks }: LightBroker,
  { task_id }: TaskView,
  { step_id }: StepView,
): Promise<JsonObject | null> => (await tasks.result(task_id, step_id))?.output ?? null;

const returned = (output: JsonObject | null): JsonValue => {
  const text = output?.['text'];
  return typeof text === 'string' ? JSON.parse(text) : null;
};

const dataOf = (data: JsonValue | undefined): JsonObject =>
  isJsonObject(data ?? null) ? (data as JsonObject) : {};
