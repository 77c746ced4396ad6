import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('an error from the host stands alone', async (t) => {
  const result = await hazard(t, { script: '012-error-chains' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], errors: 4 });
});

const supervisor = realSupervisor();
after(() => supervisor.close());
const inner = new Error('inner /private');
const CHAINS: ReadonlyMap<string, Error> = new Map([
  ['an aggregate', new AggregateError([inner, inner], 'aggregate /private')],
  ['a suppressed error', new SuppressedError(inner, inner, 'suppressed /private')],
  ['a chain of causes', new Error('outer /private', { cause: new Error('x', { cause: inner }) })],
]);

for (const [name, chain] of CHAINS) {
  test(`${name} of the host reaches a guest as one coded error`, async () => {
    const path = handleOf('path', { read: () => Promise.reject(chain) });
    const outcome = await supervisor.run(
      jobOf(
        `const error = await handles.path.read().catch((thrown) => thrown);
         const links = ['cause', 'errors', 'error', 'suppressed'].filter((key) => key in error);
         return { links, code: error.code, message: error.message, name: error.name };`,
        { handles: [path] },
      ),
    );
    assert.deepEqual(outcome.kind === 'completed' && outcome.output, {
      links: [],
      code: 'internal',
      message: 'internal error',
      name: 'Error',
    });
  });
}
