import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a failed call carries a code and a message of ours, and nothing of the host', async (t) => {
  const result = await hazard(t, { script: '010-host-error-text' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], codes: Array(6).fill('input_invalid') });
});

const supervisor = realSupervisor();
after(() => supervisor.close());
const PLANTED = '/home/agent/private/key.pem';
const cause = new Error(`cause ${PLANTED}`);
const errno = Object.assign(new Error(`ENOENT: no such file, open '${PLANTED}'`, { cause }), {
  code: 'ENOENT',
  errno: -2,
  syscall: 'open',
  path: PLANTED,
  dest: process.env['PATH'],
});

const FAILURES: ReadonlyMap<string, readonly [thrown: unknown, code: string, message: string]> =
  new Map([
    ['an error of the file system', [errno, 'internal', 'internal error']],
    ['a text', [PLANTED, 'internal', 'internal error']],
    ['nothing', [undefined, 'internal', 'internal error']],
    [
      'a refusal with a cause',
      [
        new AgentError({
          code: 'not_available',
          message: 'not available',
          details: { path: PLANTED },
          cause: errno,
        }),
        'not_available',
        'not available',
      ],
    ],
  ]);

for (const [name, [thrown, code, message]] of FAILURES) {
  test(`of a handle that fails with ${name} a guest sees code and message`, async () => {
    const path = handleOf('path', {
      read: async () => {
        throw thrown;
      },
    });
    const outcome = await supervisor.run(
      jobOf(
        `const error = await handles.path.read().catch((thrown) => thrown);
         const all = Reflect.ownKeys(error).map((key) => [String(key), String(error[key])]);
         return { all, ours: error instanceof Error && error.constructor === Error };`,
        { handles: [path] },
      ),
    );
    assert.ok(outcome.kind === 'completed', JSON.stringify(outcome));
    const text = JSON.stringify(outcome.output);
    assert.ok(!/private|key\.pem|ENOENT|errno|syscall|node:|dist|\.js/.test(text), text);
    const { all, ours } = Object(outcome.output);
    const seen = new Map<string, string>(all);
    assert.deepEqual([seen.get('code'), seen.get('message'), ours], [code, message, true]);
    assert.deepEqual([...seen.keys()].sort(), ['code', 'message', 'stack']);
  });
}
