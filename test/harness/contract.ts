import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';
import { steps } from './agent.ts';
import type { Reply } from './call.ts';

/** A reply carries the headers of wire contract section 2 and, unless it is empty, JSON. */
export const assertSafe = ({ headers, text }: Reply): void => {
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['x-frame-options'], 'DENY');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  if (text !== '') assert.match(String(headers['content-type']), /^application\/json\b/);
};

/** A reply is a refusal as data: this status, this text and this code. */
export const assertRefused = (reply: Reply, status: number, error: string, code: string): void => {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.body['error'], error);
  assert.equal(reply.body['code'], code);
  assert.equal(typeof reply.body['retryable'], 'boolean');
  assertSafe(reply);
};

const TASK = 'capability completed_at created_at intent mode status steps task_id'.split(' ');
const STEP = 'action description error params result risk_level status step_id'.split(' ');
const REFUSED_STEP = new Set(['code', 'remedy', 'retryable', 'rule']);
const CAPABILITY = (
  'allow_online budget_limits expires_at intent_hash issued_at policy_digest sensitivity_ceiling ' +
  'session_mode task_id token_id'
).split(' ');
const STATUSES = new Set(
  'planning pending_approval running completed failed cancelled recovery_required'.split(' '),
);
const STEP_STATUSES = new Set(
  'pending approved denied running completed failed skipped'.split(' '),
);

/** A task has the fields of wire contract section 4, with their types, and no others. */
export const assertTask = (task: JsonObject): void => {
  assert.deepEqual(Object.keys(task).sort(), TASK);
  assert.match(String(task['task_id']), /^[0-9a-f]{16}$/);
  assert.ok(STATUSES.has(String(task['status'])), String(task['status']));
  assert.equal(typeof task['created_at'], 'number');
  assert.ok(task['completed_at'] === null || typeof task['completed_at'] === 'number');
  const capability = task['capability'];
  assert.ok(capability !== undefined && isJsonObject(capability));
  assert.deepEqual(Object.keys(capability).sort(), CAPABILITY);
  assert.equal(capability['task_id'], task['task_id']);
  assert.equal(capability['session_mode'], task['mode']);
  assert.ok(steps(task).length > 0);
  for (const step of steps(task)) {
    const own = Object.keys(step).filter((key) => !REFUSED_STEP.has(key));
    assert.deepEqual(own.sort(), STEP);
    assert.match(String(step['step_id']), /^[0-9a-f]{12}$/);
    assert.ok(STEP_STATUSES.has(String(step['status'])), String(step['status']));
    const params = step['params'];
    assert.ok(params !== undefined && isJsonObject(params));
    assert.match(String(params['_policy_decision']), /^(allow|ask|deny)$/);
    assert.equal(typeof params['_policy_reason'], 'string');
    assert.ok(step['error'] === null || typeof step['error'] === 'string');
    assert.ok(step['result'] === null || isJsonObject(step['result'] ?? null));
  }
};

/** What comes back for bytes that need not be HTTP, until the other side closes. */
export const exchangeBytes = async (socketPath: string, bytes: string): Promise<string> => {
  const socket = connect(socketPath);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
};
