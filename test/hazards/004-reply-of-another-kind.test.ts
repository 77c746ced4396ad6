import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('whatever is asked of a handle, data or a coded error comes back', async (t) => {
  const result = await hazard(t, { script: '004-reply-of-another-kind' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], replies: 11 });
});

// No gateway answers so; this is what a guest would see if one did.
const supervisor = realSupervisor();
after(() => supervisor.close());
const ANSWERS: ReadonlyMap<string, readonly [answer: unknown, seen: string]> = new Map([
  ['a function', [() => 1, 'undefined undefined']],
  ['a symbol', [Symbol('x'), 'undefined undefined']],
  ['a class instance', [new Map([[1, () => 2]]), 'object {}']],
  ['a date', [new Date(0), 'string "1970-01-01T00:00:00.000Z"']],
  ['a function within', [{ deep: [() => 1] }, 'object {"deep":[null]}']],
  ['a key of the prototype', [JSON.parse('{"__proto__":{"x":1}}'), 'object {"__proto__":{"x":1}}']],
]);

for (const [name, [answer, seen]] of ANSWERS) {
  test(`a handle that answers ${name} gives a guest data at most`, async () => {
    const path = handleOf('path', { read: async () => answer as never });
    const outcome = await supervisor.run(
      jobOf(
        `const got = await handles.path.read();
         return { seen: typeof got + ' ' + JSON.stringify(got), x: String(got?.x) };`,
        { handles: [path] },
      ),
    );
    assert.deepEqual(outcome.kind === 'completed' && outcome.output, { seen, x: 'undefined' });
  });
}
