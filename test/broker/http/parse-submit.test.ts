import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonBody } from '../../../core/broker/http/json-body.ts';
import { parseSubmit } from '../../../core/broker/http/parse-submit.ts';
import type { SubmitRequest } from '../../../core/broker/task/verbs/task-request.ts';

const FACTS = { workspaces: new Set(['user_docs', 'outputs']), defaultMode: 'standard' } as const;
const submit = (text: string): SubmitRequest =>
  parseSubmit(parseJsonBody('application/json', Buffer.from(text)), FACTS);
const fields = (value: object): SubmitRequest => submit(JSON.stringify(value));
const refuses = (value: object | string, message: string): void => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  assert.throws(() => submit(text), { code: 'invalid_request', message }, text.slice(0, 80));
};

test('a submission without options takes the defaults', () => {
  assert.deepEqual(fields({ intent: 'x', preferences: null }), {
    intent: 'x',
    mode: 'standard',
    workspaces: [],
    preferences: Object.create(null),
  });
});

test('each row of the contract refuses with its own text', () => {
  const intent = 'x';
  const rows: readonly (readonly [object | string, string])[] = [
    ['[]', 'JSON body must be an object'],
    ['null', 'JSON body must be an object'],
    [{ intent, extra: 1 }, 'unknown task field'],
    ['{"intent":"x","__proto__":{"mode":"standard"}}', 'unknown task field'],
    [{}, 'intent must be a string'],
    [{ intent: null }, 'intent must be a string'],
    [{ intent: ['x'] }, 'intent must be a string'],
    [{ intent: ' \u0085\u001c\u3000\u00a0 ' }, 'intent is required'],
    [{ intent: '😀'.repeat(2001) }, 'intent too long (max 2000 chars)'],
    [{ intent, mode: 1 }, 'mode must be a string'],
    [{ intent, mode: null }, 'mode must be a string'],
    [{ intent, mode: '' }, 'invalid mode: '],
    [{ intent, mode: ' standard' }, 'invalid mode:  standard'],
    [{ intent, workspace: null }, 'workspace must be an array of workspace IDs'],
    [{ intent, workspace: 'user_docs' }, 'workspace must be an array of workspace IDs'],
    [{ intent, workspace: ['a', 'b', 'c'] }, 'workspace must be an array of workspace IDs'],
    [{ intent, workspace: [1] }, 'invalid workspace ID'],
    [{ intent, workspace: ['a'.repeat(65)] }, 'invalid workspace ID'],
    [{ intent, workspace: [' /etc '] }, 'unknown workspace: /etc'],
    [{ intent, preferences: [] }, 'preferences must be a bounded object'],
    [
      { intent, preferences: { a: 1, b: 1, c: 1, d: 1, e: 1 } },
      'preferences must be a bounded object',
    ],
    [
      { intent, preferences: { export_data: 'always' } },
      'unsupported configurable preference: export_data',
    ],
    [
      '{"intent":"x","preferences":{"__proto__":"always"}}',
      'unsupported configurable preference: __proto__',
    ],
    [{ intent, preferences: { read_file: 'sometimes' } }, 'invalid preference for read_file'],
    [{ intent, preferences: { read_file: ['always'] } }, 'invalid preference for read_file'],
    [{ intent, preferences: { read_file: {} } }, 'invalid preference for read_file'],
  ];
  for (const [value, message] of rows) refuses(value, message);
});

test('an earlier row wins over a later one', () => {
  refuses({ intent: 1, mode: 'none', extra: 1 }, 'unknown task field');
  refuses({ intent: '', mode: 'none' }, 'intent is required');
  refuses({ intent: 'x', mode: 'none', workspace: 1 }, 'invalid mode: none');
  refuses({ intent: 'x', workspace: ['nope'], preferences: 1 }, 'unknown workspace: nope');
});

test('what the contract accepts is accepted: emoji by code point, NUL, BOM, the same id twice, four preferences', () => {
  assert.equal(fields({ intent: '😀'.repeat(2000) }).intent.length, 4000);
  assert.equal(fields({ intent: '\ufeffa\0b\u200b' }).intent, '\ufeffa\0b\u200b');
  assert.equal(submit('\ufeff{"intent":"x"}').intent, 'x');
  assert.deepEqual(fields({ intent: 'x', workspace: ['outputs ', 'outputs'] }).workspaces, [
    'outputs',
  ]);
  const preferences = {
    read_file: 'always',
    write_file: 'ask',
    overwrite_file: 'never',
    tool_invoke: 'ask',
  };
  assert.deepEqual({ ...fields({ intent: 'x', preferences }).preferences }, preferences);
});
