import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilGone } from '../../harness/processes.ts';
import { handleOf, jobOf, realSupervisor, standardWith } from './job.ts';
import { hostileSupervisor, scriptedLauncher } from './scripted-cell.ts';

const ACTS: Readonly<Record<string, readonly [act: string, reason: string]>> = {
  'takes memory': ['globalThis.kept = Buffer.alloc(400 * 1024 * 1024, 1);', 'memory'],
  'takes the CPU': ['for (;;);', 'cpu'],
};

for (const [name, [act, reason]] of Object.entries(ACTS)) {
  test(`a cell that ${name} after it said that it is idle is killed for it`, {
    timeout: 20_000,
  }, async (t) => {
    const launcher = scriptedLauncher(
      `on.run = ({ step }) => { result(step); idle(step); setTimeout(() => { ${act} }, 20); };`,
    );
    const died = Promise.withResolvers<string>();
    const supervisor = realSupervisor({ launcher, onDeath: (death) => died.resolve(death.reason) });
    t.after(async () => {
      await supervisor.close();
      await launcher.dispose();
    });
    let owned = 0;
    await supervisor.run(jobOf('return {};', { onStarted: ({ pid }) => (owned = pid) }));
    assert.equal(await died.promise, reason);
    const next = await supervisor.run(jobOf('return {};'));
    assert.equal(next.kind, 'completed');
    assert.ok(await untilGone(owned));
  });
}

test('a cell that asks and never reads has no more answers kept for it than it may have calls', async (t) => {
  const { supervisor, violations } = hostileSupervisor(
    t,
    `on.run = ({ step }, { handles }) => {
       channel.pause();
       const { id } = JSON.parse(handles)[0];
       for (let seq = 1; seq <= 64; seq += 1)
         setTimeout(() => call(step, seq, { handle: id, method: 'read', args: {} }), seq * 10);
     };`,
  );
  let asked = 0;
  const text = 'x'.repeat(1024 * 1024);
  const file = handleOf('path', {
    read: async () => {
      asked += 1;
      return text;
    },
  });
  const outcome = await supervisor.run(jobOf('return {};', { handles: [file] }));
  assert.equal(outcome.kind === 'failed' && outcome.code, 'violation');
  assert.deepEqual(violations, ['more calls at once than allowed']);
  assert.equal(asked, 16);
});

test('a guest that reads large answers as fast as it may is never taken for one that reads none', async (t) => {
  const supervisor = realSupervisor({ profile: standardWith({ heap_mb: 128, rss_mb: 512 }) });
  t.after(() => supervisor.close());
  const text = 'x'.repeat(512 * 1024);
  const file = handleOf('path', { read: async () => text });
  const body = `let bytes = 0;
    const reader = async () => { for (let i = 0; i < 6; i += 1) { const { length } = await handles.path.read({}); bytes += length; } };
    await Promise.all(Array.from({ length: 16 }, reader));
    return { bytes };`;
  const outcome = await supervisor.run(jobOf(body, { handles: [file] }));
  assert.deepEqual(outcome.kind === 'completed' ? outcome.output : outcome, {
    bytes: 96 * 512 * 1024,
  });
});
