import { setTimeout as pause } from 'node:timers/promises';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { AgentClient } from '../agent-client.ts';

const POLL_MS = 10;

/** How a task of one step ended. */
export interface TaskEnd {
  readonly status: string;
  readonly ended: string;
  readonly said: string;
  /** Everything that a client is told of it. */
  readonly text: string;
}

/** It did not end in time. */
export const LATE: TaskEnd = { status: 'running', ended: 'hung', said: '', text: '' };

/** Submits a task of one step and waits for its end. */
export const runTask = async (
  client: AgentClient,
  intent: string,
  waitMs: number,
): Promise<TaskEnd> => {
  const end = performance.now() + waitMs;
  const request = {
    intent,
    mode: 'standard',
    workspace: ['user_docs'],
    preferences: { read_file: 'always' },
  };
  let task = await client.post('/v1/task', request);
  const id = String(ownValue(task, 'task_id'));
  while (ownValue(task, 'completed_at') === null) {
    if (performance.now() > end) return LATE;
    await pause(POLL_MS);
    task = await client.get(`/v1/task/${id}`);
  }
  const status = String(ownValue(task, 'status'));
  const steps = ownValue(task, 'steps');
  const first = Array.isArray(steps) ? steps[0] : undefined;
  const step: JsonObject = first !== undefined && isJsonObject(first) ? first : {};
  if (ownValue(step, 'status') !== 'completed') {
    const ended = String(ownValue(step, 'code') ?? ownValue(step, 'status') ?? status);
    return {
      status,
      ended,
      said: String(ownValue(step, 'error') ?? ''),
      text: JSON.stringify(task),
    };
  }
  const result = await client.get(
    `/v1/task/${id}/steps/${String(ownValue(step, 'step_id'))}/result`,
  );
  const output = ownValue(result, 'output');
  const returned =
    output !== undefined && isJsonObject(output) ? ownValue(output, 'returned') : undefined;
  return {
    status,
    ended: 'completed',
    said: typeof returned === 'string' ? returned : '',
    text: JSON.stringify([task, result]),
  };
};
