import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseAuditKey } from '../../core/broker/audit/audit-key.ts';
import { verifyAudit } from '../../core/broker/audit/verify-audit.ts';
import { makeAuditFilePowers } from '../../core/broker/main/powers/audit-files.ts';
import { BROKER_FLAGS } from '../../core/cli/broker-flags.ts';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import {
  type AgentFolder,
  type Cleanup,
  type FolderOptions,
  makeAgentFolder,
} from './agent-folder.ts';
import { call, type Reply } from './call.ts';

/** A real agent in a process of its own, over a real socket. */
export interface Agent {
  readonly folder: AgentFolder;
  readonly pid: number;
  /** Everything that it wrote to stdout and stderr. */
  said(): string;
  get(path: string): Promise<Reply>;
  post(path: string, body: JsonObject): Promise<Reply>;
  /** Submits and answers the task of the 201. */
  submit(intent: string, more?: JsonObject): Promise<JsonObject>;
  /** The task once `holds` is true of it; fails after half a minute. */
  until(taskId: string, holds: (task: JsonObject) => boolean, ms?: number): Promise<JsonObject>;
  /** SIGTERM and the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
  /** The parsed records of the audit log. */
  audit(): Promise<readonly JsonObject[]>;
  /** Resolves once the log holds a record of this event. */
  untilRecorded(event: string): Promise<void>;
  assertChainValid(): Promise<void>;
}

export const SERVE: string = join(PACKAGE_ROOT, 'dist/core/cli/main.js');

/** A composition root of `agents/` in place of `serve`, for `startAgentIn`: the real broker, one power changed. */
export const testAgent = (
  name:
    | 'crashing'
    | 'full-disk'
    | 'gated'
    | 'hostile'
    | 'owned-cell'
    | 'stopping'
    | 'trying'
    | 'turned-back',
): readonly string[] => [
  join(PACKAGE_ROOT, 'dist/test/harness/without-rings.js'),
  ...BROKER_FLAGS,
  join(PACKAGE_ROOT, `dist/test/harness/agents/${name}.js`),
];

export const startAgent = async (t: Cleanup, options: FolderOptions = {}): Promise<Agent> =>
  startAgentIn(t, await makeAgentFolder(t, options));

/** @param program another composition root, for tests that stop the process at a chosen effect */
export const startAgentIn = async (
  t: Cleanup,
  folder: AgentFolder,
  program: readonly string[] = [SERVE, 'serve'],
): Promise<Agent> => {
  const { child, said, exited } = launch(folder, program);
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const deadline = Date.now() + 30_000;
  for (;;) {
    assert.equal(child.exitCode ?? child.signalCode, null, `the agent ended:\n${said()}`);
    const healthy = await call(folder.socket, '/health').catch(() => undefined);
    if (healthy?.status === 200) break;
    assert.ok(Date.now() < deadline, `the agent did not start:\n${said()}`);
    await pause(20);
  }
  const audit = async (): Promise<readonly JsonObject[]> => {
    // A line may be half written while the agent works.
    const text = await readFile(folder.auditLog, 'utf8');
    const lines = text.slice(0, text.lastIndexOf('\n')).split('\n');
    return lines.map((line): JsonObject => JSON.parse(line));
  };
  const get = (path: string) => call(folder.socket, path, { token: folder.token });
  const post = (path: string, body: JsonObject) =>
    call(folder.socket, path, { token: folder.token, body });
  return {
    folder,
    pid: child.pid ?? 0,
    said,
    get,
    post,
    submit: async (intent, more = {}) => {
      const reply = await post('/v1/task', { intent, ...more });
      assert.equal(reply.status, 201, reply.text);
      return reply.body;
    },
    until: async (taskId, holds, ms = 30_000) => {
      const end = Date.now() + ms;
      for (;;) {
        const { body } = await get(`/v1/task/${taskId}`);
        if (holds(body)) return body;
        assert.ok(Date.now() < end, `task never got there: ${JSON.stringify(body)}\n${said()}`);
        await pause(20);
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    audit,
    untilRecorded: async (event) => {
      const end = Date.now() + 30_000;
      while (!(await audit()).some((record) => record['event'] === event)) {
        assert.ok(Date.now() < end, `no ${event} in the log\n${said()}`);
        await pause(20);
      }
    },
    assertChainValid: () => assertChainValid(folder),
  };
};

const assertChainValid = async (folder: AgentFolder): Promise<void> => {
  const verdict = await verifyAudit({
    path: folder.auditLog,
    key: parseAuditKey(await readFile(folder.auditKey)),
    files: makeAuditFilePowers(),
  });
  assert.ok(verdict.valid, JSON.stringify(verdict));
};

export interface Launched {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly exited: Promise<unknown>;
}

/** Runs the agent's process without waiting for it to serve. */
export const launch = (
  folder: AgentFolder,
  program: readonly string[] = [SERVE, 'serve'],
): Launched => {
  const child = spawn(process.execPath, [...program], {
    env: { NODE_V8_COVERAGE: undefined, ...folder.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  return { child, said: () => chunks.join(''), exited: once(child, 'close') };
};

export const isOver = (task: JsonObject): boolean =>
  ['completed', 'failed', 'cancelled', 'recovery_required'].includes(String(task['status']));

/** True once a step waits for an answer that can be given now. */
export const asksNow = (task: JsonObject): boolean =>
  steps(task).some(
    (step) =>
      step['status'] === 'pending' &&
      isJsonObject(step['params'] ?? null) &&
      '_approval_digest' in (step['params'] as JsonObject),
  );

export const steps = (task: JsonObject): readonly JsonObject[] =>
  Array.isArray(task['steps']) ? task['steps'].filter(isJsonObject) : [];

export const step = (task: JsonObject, action: string): JsonObject => {
  const found = steps(task).find((candidate) => candidate['action'] === action);
  assert.ok(found, `no step ${action} in ${JSON.stringify(task)}`);
  return found;
};
