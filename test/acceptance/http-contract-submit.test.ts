import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { startAgent, steps } from '../harness/agent.ts';
import { call, type Reply } from '../harness/call.ts';
import { assertRefused, assertSafe, assertTask } from '../harness/contract.ts';

const agent = await startAgent({ after }, { documents: { 'a.md': 'Backups run every night.\n' } });
const READ = 'read user_docs/a.md';

const submitBytes = (body: string | Uint8Array, contentType?: string): Promise<Reply> =>
  call(agent.folder.socket, '/v1/task', {
    token: agent.folder.token,
    body,
    ...(contentType === undefined ? {} : { headers: { 'content-type': contentType } }),
  });

test('http.contract: POST /v1/task answers 201 at once with the task of section 4', async () => {
  const reply = await agent.post('/v1/task', {
    intent: READ,
    mode: 'offline_only',
    workspace: ['user_docs', 'user_docs'],
    preferences: { read_file: 'ask', write_file: 'never', overwrite_file: 'always' },
  });
  assert.equal(reply.status, 201, reply.text);
  assertSafe(reply);
  assertTask(reply.body);
  assert.equal(reply.body['status'], 'pending_approval');
  assert.equal(reply.body['mode'], 'offline_only');
  assert.equal(reply.body['completed_at'], null);
  const [read] = steps(reply.body);
  assert.equal(read?.['action'], 'read_file');
  assert.equal(read?.['risk_level'], 'configurable');
  for (const secret of ['readable_paths', 'nonce', 'signature', agent.folder.documents]) {
    assert.ok(!reply.text.includes(secret), `the reply shows ${secret}`);
  }
});

// Each body has the fault of its row and those of all rows after it: the first one answers.
const ROWS: readonly (readonly [error: string, body: JsonObject])[] = [
  ['unknown task field', { task_id: 'mine', intent: 1, mode: 1, workspace: 1, preferences: 1 }],
  ['intent must be a string', { intent: 1, mode: 1, workspace: 1, preferences: 1 }],
  ['intent must be a string', { mode: 1, workspace: 1, preferences: 1 }],
  ['intent must be a string', { intent: null }],
  ['intent is required', { intent: ' \u001c\u0085\u00a0\u3000', mode: 1, workspace: 1 }],
  ['intent too long (max 2000 chars)', { intent: '😀'.repeat(2001), mode: 1, workspace: 1 }],
  ['mode must be a string', { intent: READ, mode: 1, workspace: 1, preferences: 1 }],
  ['mode must be a string', { intent: READ, mode: null }],
  ['invalid mode: ', { intent: READ, mode: '', workspace: 1, preferences: 1 }],
  ['invalid mode:  standard', { intent: READ, mode: ' standard', workspace: 1 }],
  ['invalid mode: constructor', { intent: READ, mode: 'constructor', workspace: 1 }],
  [
    'workspace must be an array of workspace IDs',
    { intent: READ, workspace: 'user_docs', preferences: 1 },
  ],
  ['workspace must be an array of workspace IDs', { intent: READ, workspace: null }],
  ['workspace must be an array of workspace IDs', { intent: READ, workspace: ['a', 'b', 'c'] }],
  ['invalid workspace ID', { intent: READ, workspace: ['none', 1], preferences: 1 }],
  ['invalid workspace ID', { intent: READ, workspace: ['x'.repeat(65)] }],
  ['unknown workspace: none', { intent: READ, workspace: [' none '], preferences: 1 }],
  ['unknown workspace: /etc', { intent: READ, workspace: ['/etc'] }],
  ['unknown workspace: __proto__', { intent: READ, workspace: ['__proto__'] }],
  ['preferences must be a bounded object', { intent: READ, preferences: [] }],
  [
    'preferences must be a bounded object',
    { intent: READ, preferences: { a: 1, b: 1, c: 1, d: 1, e: 1 } },
  ],
  [
    'unsupported configurable preference: outbound_request',
    { intent: READ, preferences: { read_file: 'maybe', outbound_request: 'always' } },
  ],
  ['invalid preference for read_file', { intent: READ, preferences: { read_file: 'maybe' } }],
  ['invalid preference for read_file', { intent: READ, preferences: { read_file: ['ask'] } }],
  ['invalid preference for write_file', { intent: READ, preferences: { write_file: {} } }],
];

test('http.contract: each row of section 2.3 is refused with its text, in the order of the rows', async () => {
  for (const [error, body] of ROWS) {
    assertRefused(await agent.post('/v1/task', body), 400, error, 'invalid_request');
  }
});

test('http.contract: what is no JSON object is 400 with the text of row 1, never 500', async () => {
  const bodies: readonly (string | Uint8Array)[] = [
    '',
    '[]',
    'null',
    '"x"',
    '{',
    '{"intent":NaN}',
    '{"intent":"x","intent":"y"}',
    '{"intent":"\\ud800"}',
    `{"intent":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    Buffer.from('{"intent":"\xff"}', 'latin1'),
    Buffer.from('\ufeff{"intent":"x"}', 'utf16le'),
  ];
  for (const body of bodies) {
    const reply = await submitBytes(body);
    assertRefused(reply, 400, 'JSON body must be an object', 'invalid_request');
  }
  const good = JSON.stringify({ intent: READ });
  for (const type of ['text/plain', 'text/json', 'application/x-www-form-urlencoded', 'json']) {
    const reply = await submitBytes(good, type);
    assertRefused(reply, 400, 'JSON body must be an object', 'invalid_request');
  }
});

test('http.contract: a byte order mark, a vendor type, null preferences and a default mode are taken', async () => {
  const good = JSON.stringify({ intent: READ, preferences: null });
  for (const [body, type] of [
    [Buffer.from(`\ufeff${good}`), 'application/json'],
    [good, 'application/vnd.secai+json'],
    [good, 'Application/JSON; charset=utf-8'],
  ] as const) {
    const reply = await submitBytes(body, type);
    assert.equal(reply.status, 201, reply.text);
    assert.equal(reply.body['mode'], 'standard');
  }
});

test('http.contract: an intent is trimmed as Python trims and counted in code points', async () => {
  const trimmed = await agent.submit(`\u001c\u0085\u00a0\u2003\u3000${READ}\u001f\n`);
  assert.equal(trimmed['intent'], READ);
  for (const kept of ['\ufeff', '\u200b']) {
    const reply = await agent.post('/v1/task', { intent: kept });
    assert.equal(reply.body['code'], 'unplannable', 'these two are no blanks');
  }
  const longest = 'search user_docs for backups '.padEnd(1000, 'x') + '😀'.repeat(1000);
  assert.equal((await agent.submit(longest))['intent'], longest);
  const nul = `${READ} \u0000`;
  const reply = await agent.post('/v1/task', { intent: nul });
  assert.ok([201, 422].includes(reply.status), 'a NUL passes the boundary');
});

test('http.contract: what cannot be planned says so as 422, with a remedy and without a task', async () => {
  const before = (await agent.get('/health')).body['total_tasks'];
  const reply = await agent.post('/v1/task', { intent: 'the weather is nice' });
  assert.equal(reply.status, 422);
  assert.equal(reply.body['code'], 'unplannable');
  assert.equal(typeof reply.body['remedy'], 'string');
  assertSafe(reply);
  assert.equal((await agent.get('/health')).body['total_tasks'], before);
});
